/** DeleteUser: keys, groups and policies must go first. */
import { userUseKey } from '../../federation/last-uses.ts';
import { renamePrincipal } from '../../federation/renamed-principals.ts';
import type { DeleteUserRequest, Empty } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { deleteConflict } from './delete-conflict.ts';
import { nameKey, users } from './named-records.ts';
import { onUser } from './permissions.ts';
import { withoutBoundary } from './permissions-boundaries.ts';

export const deleteUser: Operation<DeleteUserRequest, Empty> = {
  name: 'DeleteUser',
  permission: onUser('iam:DeleteUser'),
  handle: async (input, call) => {
    await call.sojourn.state.write(async (writers) => {
      const user = await users.find(writers, call.account, input.UserName);
      if (user.accessKeyIds.length > 0) throw deleteConflict('delete access keys');
      if (user.groups.length > 0) throw deleteConflict('remove users from group');
      if (user.attachedPolicies.length > 0) throw deleteConflict('detach all policies');
      if (Object.keys(user.inlinePolicies).length > 0) throw deleteConflict('delete policies');
      await withoutBoundary(writers, 'user', user);
      await writers.lastUses.delete(userUseKey(user));
      await writers.users.delete(nameKey(call.account, user.name));
      await renamePrincipal(user.arn, user.id, writers);
    });
    return {};
  },
};
