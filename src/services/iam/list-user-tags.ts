/** ListUserTags: sorted by key. */
import type { ListUserTagsRequest, ListUserTagsResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { users } from './named-records.ts';
import { onUser } from './permissions.ts';
import { pageOfList } from './paging.ts';
import { sortedTags } from './tags.ts';

export const listUserTags: Operation<ListUserTagsRequest, ListUserTagsResponse> = {
  name: 'ListUserTags',
  permission: onUser('iam:ListUserTags'),
  handle: async (input, call) => {
    const { tags } = await users.find(call.sojourn.state, call.account, input.UserName);
    const { items, mark } = pageOfList(call, 'ListUserTags', sortedTags(tags), input);
    return { Tags: items, ...mark };
  },
};
