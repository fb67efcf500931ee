/** ListInstanceProfileTags: sorted by key. */
import type {
  ListInstanceProfileTagsRequest,
  ListInstanceProfileTagsResponse,
} from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { instanceProfiles } from './named-records.ts';
import { onInstanceProfile } from './permissions.ts';
import { pageOfList } from './paging.ts';
import { sortedTags } from './tags.ts';

export const listInstanceProfileTags: Operation<ListInstanceProfileTagsRequest, ListInstanceProfileTagsResponse> = {
  name: 'ListInstanceProfileTags',
  permission: onInstanceProfile('iam:ListInstanceProfileTags'),
  handle: async (input, call) => {
    const { tags } = await instanceProfiles.find(call.sojourn.state, call.account, input.InstanceProfileName);
    const { items, mark } = pageOfList(call, 'ListInstanceProfileTags', sortedTags(tags), input);
    return { Tags: items, ...mark };
  },
};
