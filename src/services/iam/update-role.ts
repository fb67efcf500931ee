/** UpdateRole: what the call leaves out stays as it was. */
import type { UpdateRoleRequest, UpdateRoleResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { roles } from './named-records.ts';
import { onRole } from './permissions.ts';

export const updateRole: Operation<UpdateRoleRequest, UpdateRoleResponse> = {
  name: 'UpdateRole',
  permission: onRole('iam:UpdateRole'),
  handle: async (input, call) => {
    await roles.change(call, input.RoleName, (role) => ({
      ...role,
      description: input.Description ?? role.description,
      maxSessionDuration: input.MaxSessionDuration ?? role.maxSessionDuration,
    }));
    return {};
  },
};
