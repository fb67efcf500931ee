/** DeleteUserPermissionsBoundary: without a boundary it is `NoSuchEntity`. */
import type { DeleteUserPermissionsBoundaryRequest, Empty } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { users } from './named-records.ts';
import { onUser } from './permissions.ts';
import { withoutItsBoundary } from './permissions-boundaries.ts';

export const deleteUserPermissionsBoundary: Operation<DeleteUserPermissionsBoundaryRequest, Empty> = {
  name: 'DeleteUserPermissionsBoundary',
  permission: onUser('iam:DeleteUserPermissionsBoundary'),
  handle: async (input, call) => {
    await users.change(call, input.UserName, (user, writers) => withoutItsBoundary(writers, 'user', user));
    return {};
  },
};
