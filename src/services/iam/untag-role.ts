/** UntagRole: keys that are not there are no error. */
import type { Empty, UntagRoleRequest } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { untagKeys } from './condition-keys.ts';
import { roles } from './named-records.ts';
import { onRole } from './permissions.ts';
import { removeTags } from './tags.ts';

export const untagRole: Operation<UntagRoleRequest, Empty> = {
  name: 'UntagRole',
  permission: onRole('iam:UntagRole', (input) => untagKeys(input.TagKeys)),
  handle: async (input, call) => {
    await roles.change(call, input.RoleName, (role) => ({
      ...role,
      tags: removeTags(role.tags, input.TagKeys, 'ignored'),
    }));
    return {};
  },
};
