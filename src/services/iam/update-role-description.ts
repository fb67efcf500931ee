/** UpdateRoleDescription: the older half of UpdateRole; unlike it, answers with the role. */
import type { UpdateRoleDescriptionRequest, UpdateRoleDescriptionResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { roles } from './named-records.ts';
import { onRole } from './permissions.ts';
import { describedRole } from './role-answer.ts';

export const updateRoleDescription: Operation<UpdateRoleDescriptionRequest, UpdateRoleDescriptionResponse> = {
  name: 'UpdateRoleDescription',
  permission: onRole('iam:UpdateRoleDescription'),
  handle: async (input, call) => ({
    Role: describedRole(
      await roles.change(call, input.RoleName, (role) => ({ ...role, description: input.Description })),
    ),
  }),
};
