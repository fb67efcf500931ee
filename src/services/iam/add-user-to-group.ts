/** AddUserToGroup: adding a member changes nothing. */
import type { AddUserToGroupRequest, Empty } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { memberKey } from './group-members.ts';
import { groups, users } from './named-records.ts';
import { onGroup } from './permissions.ts';
import { quotaExceeded, QUOTAS } from './quotas.ts';

export const addUserToGroup: Operation<AddUserToGroupRequest, Empty> = {
  name: 'AddUserToGroup',
  permission: onGroup('iam:AddUserToGroup'),
  handle: async (input, call) => {
    await users.change(call, input.UserName, async (user, writers) => {
      const group = await groups.find(writers, call.account, input.GroupName);
      const groupKey = group.name.toLowerCase();
      if (user.groups.includes(groupKey)) return user;
      if (user.groups.length >= QUOTAS.GroupsPerUser) throw quotaExceeded('GroupsPerUser');
      const member = { groupName: group.name, userName: user.name };
      await writers.groupMembers.put(memberKey(call.account, group.name, user.name), member);
      return { ...user, groups: [...user.groups, groupKey] };
    });
    return {};
  },
};
