/** ListRoleTags: sorted by key. */
import type { ListRoleTagsRequest, ListRoleTagsResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { roles } from './named-records.ts';
import { onRole } from './permissions.ts';
import { pageOfList } from './paging.ts';
import { sortedTags } from './tags.ts';

export const listRoleTags: Operation<ListRoleTagsRequest, ListRoleTagsResponse> = {
  name: 'ListRoleTags',
  permission: onRole('iam:ListRoleTags'),
  handle: async (input, call) => {
    const { tags } = await roles.find(call.sojourn.state, call.account, input.RoleName);
    const { items, mark } = pageOfList(call, 'ListRoleTags', sortedTags(tags), input);
    return { Tags: items, ...mark };
  },
};
