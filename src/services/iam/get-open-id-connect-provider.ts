/** GetOpenIDConnectProvider: the URL comes back without its scheme. */
import type {
  GetOpenIDConnectProviderRequest,
  GetOpenIDConnectProviderResponse,
} from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { findProvider, onProvider } from './open-id-connect-providers.ts';
import { sortedTags } from './tags.ts';

export const getOpenIDConnectProvider: Operation<GetOpenIDConnectProviderRequest, GetOpenIDConnectProviderResponse> = {
  name: 'GetOpenIDConnectProvider',
  permission: onProvider('iam:GetOpenIDConnectProvider'),
  handle: async (input, call) => {
    const provider = await findProvider(call.sojourn.state, call.account, input.OpenIDConnectProviderArn);
    return {
      Url: provider.url,
      ClientIDList: provider.clientIds,
      ThumbprintList: provider.thumbprints,
      CreateDate: new Date(provider.createDate),
      Tags: sortedTags(provider.tags),
    };
  },
};
