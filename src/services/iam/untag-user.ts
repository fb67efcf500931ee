/** UntagUser: keys that are not there are no error. */
import type { Empty, UntagUserRequest } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { untagKeys } from './condition-keys.ts';
import { users } from './named-records.ts';
import { onUser } from './permissions.ts';
import { removeTags } from './tags.ts';

export const untagUser: Operation<UntagUserRequest, Empty> = {
  name: 'UntagUser',
  permission: onUser('iam:UntagUser', (input) => untagKeys(input.TagKeys)),
  handle: async (input, call) => {
    await users.change(call, input.UserName, (user) => ({
      ...user,
      tags: removeTags(user.tags, input.TagKeys, 'ignored'),
    }));
    return {};
  },
};
