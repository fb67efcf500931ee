/** DeleteRolePolicy: deletes an inline policy. */
import type { DeleteRolePolicyRequest, Empty } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { deleteInlinePolicy } from './inline-policies.ts';
import { roles } from './named-records.ts';
import { onRole } from './permissions.ts';

export const deleteRolePolicy: Operation<DeleteRolePolicyRequest, Empty> = {
  name: 'DeleteRolePolicy',
  permission: onRole('iam:DeleteRolePolicy'),
  handle: async (input, call) => {
    await roles.change(call, input.RoleName, (role) => deleteInlinePolicy('role', role, input.PolicyName));
    return {};
  },
};
