/** GetGroup: the group and a page of its users. */
import type { GetGroupRequest, GetGroupResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { groupAnswer } from './group-answer.ts';
import { memberPrefix } from './group-members.ts';
import { groups, users } from './named-records.ts';
import { pageOfRecords } from './paging.ts';
import { onGroup } from './permissions.ts';
import { listedUser } from './user-answer.ts';

export const getGroup: Operation<GetGroupRequest, GetGroupResponse> = {
  name: 'GetGroup',
  permission: onGroup('iam:GetGroup'),
  handle: async (input, call) => {
    const { state } = call.sojourn;
    const group = await groups.find(state, call.account, input.GroupName);
    const list = {
      operation: 'GetGroup',
      prefix: memberPrefix(call.account, group.name),
      keyOf: (member: { readonly userName: string }) => member.userName.toLowerCase(),
    };
    const { items, mark } = await pageOfRecords(call, state.groupMembers, list, input);
    const found = await Promise.all(items.map(({ userName }) => users.peek(state, call.account, userName)));
    return {
      Group: groupAnswer(group),
      Users: found.filter((user) => user !== undefined).map(listedUser),
      ...mark,
    };
  },
};
