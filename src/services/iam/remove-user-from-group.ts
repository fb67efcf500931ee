/** RemoveUserFromGroup: a user who is no member is no error; a user or group that does not exist is. */
import type { Empty, RemoveUserFromGroupRequest } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { memberKey } from './group-members.ts';
import { groups, users } from './named-records.ts';
import { onGroup } from './permissions.ts';

export const removeUserFromGroup: Operation<RemoveUserFromGroupRequest, Empty> = {
  name: 'RemoveUserFromGroup',
  permission: onGroup('iam:RemoveUserFromGroup'),
  handle: async (input, call) => {
    await users.change(call, input.UserName, async (user, writers) => {
      const group = await groups.find(writers, call.account, input.GroupName);
      await writers.groupMembers.delete(memberKey(call.account, group.name, user.name));
      return { ...user, groups: user.groups.filter((key) => key !== group.name.toLowerCase()) };
    });
    return {};
  },
};
