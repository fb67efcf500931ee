/** UpdateAssumeRolePolicy: replaces the trust policy; sessions that exist are not touched. */
import { checkTrustPolicy } from '../../federation/trust-policy.ts';
import type { Empty, UpdateAssumeRolePolicyRequest } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { roles } from './named-records.ts';
import { onRole } from './permissions.ts';
import { checkTrustPolicySize } from './trust-policy-size.ts';

export const updateAssumeRolePolicy: Operation<UpdateAssumeRolePolicyRequest, Empty> = {
  name: 'UpdateAssumeRolePolicy',
  permission: onRole('iam:UpdateAssumeRolePolicy'),
  handle: async (input, call) => {
    await roles.change(call, input.RoleName, async (role, readers) => {
      checkTrustPolicySize(input.PolicyDocument);
      await checkTrustPolicy(input.PolicyDocument, { readers, accounts: [call.account, call.sojourn.account] });
      return { ...role, trustPolicy: input.PolicyDocument };
    });
    return {};
  },
};
