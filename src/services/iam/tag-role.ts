/** TagRole: a key that is there, in whatever case, takes the new value. */
import type { Empty, TagRoleRequest } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { requestTagKeys } from './condition-keys.ts';
import { roles } from './named-records.ts';
import { onRole } from './permissions.ts';
import { addTags } from './tags.ts';

export const tagRole: Operation<TagRoleRequest, Empty> = {
  name: 'TagRole',
  permission: onRole('iam:TagRole', (input) => requestTagKeys(input.Tags)),
  handle: async (input, call) => {
    await roles.change(call, input.RoleName, (role) => ({
      ...role,
      tags: addTags(role.tags, input.Tags, 'ignored'),
    }));
    return {};
  },
};
