/** PutRolePermissionsBoundary: sets the boundary, in place of the one before. */
import type { Empty, PutRolePermissionsBoundaryRequest } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { boundaryKey } from './condition-keys.ts';
import { roles } from './named-records.ts';
import { onRole } from './permissions.ts';
import { withBoundary } from './permissions-boundaries.ts';

export const putRolePermissionsBoundary: Operation<PutRolePermissionsBoundaryRequest, Empty> = {
  name: 'PutRolePermissionsBoundary',
  permission: onRole('iam:PutRolePermissionsBoundary', (input) => boundaryKey(input.PermissionsBoundary)),
  handle: async (input, call) => {
    await roles.change(call, input.RoleName, (role, writers) =>
      withBoundary(writers, 'role', role, input.PermissionsBoundary),
    );
    return {};
  },
};
