/** ListOpenIDConnectProviderTags: sorted by key. */
import type {
  ListOpenIDConnectProviderTagsRequest,
  ListOpenIDConnectProviderTagsResponse,
} from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { findProvider, onProvider } from './open-id-connect-providers.ts';
import { pageOfList } from './paging.ts';
import { sortedTags } from './tags.ts';

export const listOpenIDConnectProviderTags: Operation<
  ListOpenIDConnectProviderTagsRequest,
  ListOpenIDConnectProviderTagsResponse
> = {
  name: 'ListOpenIDConnectProviderTags',
  permission: onProvider('iam:ListOpenIDConnectProviderTags'),
  handle: async (input, call) => {
    const provider = await findProvider(call.sojourn.state, call.account, input.OpenIDConnectProviderArn);
    const { items, mark } = pageOfList(call, 'ListOpenIDConnectProviderTags', sortedTags(provider.tags), input);
    return { Tags: items, ...mark };
  },
};
