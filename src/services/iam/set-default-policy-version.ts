/** SetDefaultPolicyVersion: takes effect at once wherever the policy is attached. */
import type { Empty, SetDefaultPolicyVersionRequest } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { cannot, changePolicy, onPolicy, type PolicyRefusals } from './managed-policies.ts';
import { findVersion, versionNotFound } from './policy-versions.ts';

export const setDefaultPolicyVersion: Operation<SetDefaultPolicyVersionRequest, Empty> = {
  name: 'SetDefaultPolicyVersion',
  permission: onPolicy('iam:SetDefaultPolicyVersion'),
  handle: async (input, call) => {
    await changePolicy(call, input.PolicyArn, refusals(input.VersionId), (policy) => ({
      ...policy,
      updateDate: call.now,
      defaultVersionId: findVersion(policy, input.VersionId).id,
    }));
    return {};
  },
};

function refusals(versionId: string): PolicyRefusals {
  return { ...cannot('update policies'), missing: (arn) => versionNotFound(arn, versionId) };
}
