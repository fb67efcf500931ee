/** PutUserPermissionsBoundary: sets the boundary, in place of the one before. */
import type { Empty, PutUserPermissionsBoundaryRequest } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { boundaryKey } from './condition-keys.ts';
import { users } from './named-records.ts';
import { onUser } from './permissions.ts';
import { withBoundary } from './permissions-boundaries.ts';

export const putUserPermissionsBoundary: Operation<PutUserPermissionsBoundaryRequest, Empty> = {
  name: 'PutUserPermissionsBoundary',
  permission: onUser('iam:PutUserPermissionsBoundary', (input) => boundaryKey(input.PermissionsBoundary)),
  handle: async (input, call) => {
    await users.change(call, input.UserName, (user, writers) =>
      withBoundary(writers, 'user', user, input.PermissionsBoundary),
    );
    return {};
  },
};
