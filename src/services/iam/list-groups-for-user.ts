/** ListGroupsForUser: in order of joining. */
import type { ListGroupsForUserRequest, ListGroupsForUserResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { groupAnswer } from './group-answer.ts';
import { groups, users } from './named-records.ts';
import { pageOfList } from './paging.ts';
import { onUser } from './permissions.ts';

export const listGroupsForUser: Operation<ListGroupsForUserRequest, ListGroupsForUserResponse> = {
  name: 'ListGroupsForUser',
  permission: onUser('iam:ListGroupsForUser'),
  handle: async (input, call) => {
    const { state } = call.sojourn;
    const user = await users.find(state, call.account, input.UserName);
    const { items, mark } = pageOfList(call, 'ListGroupsForUser', user.groups, input);
    const found = await Promise.all(items.map((name) => groups.peek(state, call.account, name)));
    return { Groups: found.filter((group) => group !== undefined).map(groupAnswer), ...mark };
  },
};
