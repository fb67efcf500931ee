/** DeleteRolePermissionsBoundary: without a boundary it is `NoSuchEntity`. */
import type { DeleteRolePermissionsBoundaryRequest, Empty } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { roles } from './named-records.ts';
import { onRole } from './permissions.ts';
import { withoutItsBoundary } from './permissions-boundaries.ts';

export const deleteRolePermissionsBoundary: Operation<DeleteRolePermissionsBoundaryRequest, Empty> = {
  name: 'DeleteRolePermissionsBoundary',
  permission: onRole('iam:DeleteRolePermissionsBoundary'),
  handle: async (input, call) => {
    await roles.change(call, input.RoleName, (role, writers) => withoutItsBoundary(writers, 'role', role));
    return {};
  },
};
