/** DeletePolicy: detached, and with only its default version. */
import type { DeletePolicyRequest, Empty } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { iamError } from './errors.ts';
import { cannot, findOwnPolicy, onPolicy } from './managed-policies.ts';
import { nameKey } from './named-records.ts';
import { holderPrefix } from './policy-holders.ts';

export const deletePolicy: Operation<DeletePolicyRequest, Empty> = {
  name: 'DeletePolicy',
  permission: onPolicy('iam:DeletePolicy'),
  handle: async (input, call) => {
    await call.sojourn.state.write(async (writers) => {
      const policy = await findOwnPolicy(writers, call.account, input.PolicyArn, cannot('delete policies'));
      if ((await writers.policyHolders.count(holderPrefix(call.account, policy.arn))) > 0) {
        throw iamError('DeleteConflict', 'Cannot delete a policy attached to entities.');
      }
      if (policy.versions.length > 1) {
        throw iamError(
          'DeleteConflict',
          "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
        );
      }
      await writers.managedPolicies.delete(policy.arn);
      await writers.policyNames.delete(nameKey(call.account, policy.name));
    });
    return {};
  },
};
