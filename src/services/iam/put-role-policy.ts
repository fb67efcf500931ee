/** PutRolePolicy: puts an inline policy, in place of one of that name. */
import type { Empty, PutRolePolicyRequest } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { putInlinePolicy } from './inline-policies.ts';
import { roles } from './named-records.ts';
import { onRole } from './permissions.ts';

export const putRolePolicy: Operation<PutRolePolicyRequest, Empty> = {
  name: 'PutRolePolicy',
  permission: onRole('iam:PutRolePolicy'),
  handle: async (input, call) => {
    await roles.change(call, input.RoleName, (role) =>
      putInlinePolicy('role', role, input.PolicyName, input.PolicyDocument),
    );
    return {};
  },
};
