/** TagUser: a key that is there, in whatever case, takes the new value. */
import type { Empty, TagUserRequest } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { requestTagKeys } from './condition-keys.ts';
import { users } from './named-records.ts';
import { onUser } from './permissions.ts';
import { addTags } from './tags.ts';

export const tagUser: Operation<TagUserRequest, Empty> = {
  name: 'TagUser',
  permission: onUser('iam:TagUser', (input) => requestTagKeys(input.Tags)),
  handle: async (input, call) => {
    await users.change(call, input.UserName, (user) => ({
      ...user,
      tags: addTags(user.tags, input.Tags, 'ignored'),
    }));
    return {};
  },
};
