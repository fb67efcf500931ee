/** DeletePolicy: one that is attached to nothing. */
import type { DeletePolicyRequest, Empty } from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { targetPrefix } from './attachments.ts';
import { organizationsError } from './errors.ts';
import { onSubjects, policy } from './permissions.ts';
import { findOwnPolicy, policyNameKey } from './policies.ts';
import { managedOrganization } from './standing.ts';

/** Throws `PolicyNotFoundException`, `PolicyInUseException`, and `InvalidInputException` for a policy of AWS's. */
export const deletePolicy: Operation<DeletePolicyRequest, Empty> = {
  name: 'DeletePolicy',
  permission: onSubjects('organizations:DeletePolicy', [policy((input) => input.PolicyId)]),
  handle: async (input, call) => {
    await call.sojourn.state.write(async (writers) => {
      const organization = await managedOrganization(writers, call.account);
      const { id, type, name } = await findOwnPolicy(writers, organization, input.PolicyId);
      if ((await writers.organizationPolicyTargets.count(targetPrefix(organization, id))) > 0) {
        throw organizationsError('PolicyInUseException');
      }
      await writers.organizationPolicyNames.delete(policyNameKey(organization, type, name));
      await writers.organizationPolicies.delete(`${organization.id}/${id}`);
    });
    return {};
  },
};
