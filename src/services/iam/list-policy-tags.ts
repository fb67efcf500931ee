/** ListPolicyTags: sorted by key. */
import type { ListPolicyTagsRequest, ListPolicyTagsResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { findPolicy, onPolicy } from './managed-policies.ts';
import { pageOfList } from './paging.ts';
import { sortedTags } from './tags.ts';

export const listPolicyTags: Operation<ListPolicyTagsRequest, ListPolicyTagsResponse> = {
  name: 'ListPolicyTags',
  permission: onPolicy('iam:ListPolicyTags'),
  handle: async (input, call) => {
    const { tags } = await findPolicy(call.sojourn.state, call.account, input.PolicyArn);
    const { items, mark } = pageOfList(call, 'ListPolicyTags', sortedTags(tags), input);
    return { Tags: items, ...mark };
  },
};
