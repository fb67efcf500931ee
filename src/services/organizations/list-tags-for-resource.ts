/** ListTagsForResource: all of them; a resource has at most 50. */
import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
} from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { pageOfList } from './paging.ts';
import { onSubjects, taggable } from './permissions.ts';
import { TAGS_PER_RESOURCE } from './quotas.ts';
import { managedOrganization } from './standing.ts';
import { tagsOf } from './tagged.ts';

/** In order of setting. Throws `TargetNotFoundException`, for AWS's own policies too. */
export const listTagsForResource: Operation<ListTagsForResourceRequest, ListTagsForResourceResponse> = {
  name: 'ListTagsForResource',
  permission: onSubjects('organizations:ListTagsForResource', [taggable((input) => input.ResourceId)]),
  handle: async (input, call) => {
    const organization = await managedOrganization(call.sojourn.state, call.account);
    const tags = await tagsOf(call.sojourn.state, organization, input.ResourceId);
    const paging = { NextToken: input.NextToken, MaxResults: TAGS_PER_RESOURCE };
    const { items, next } = pageOfList(call, `ListTagsForResource/${input.ResourceId}`, tags, paging);
    return { Tags: items, ...next };
  },
};
