/** TagOpenIDConnectProvider: keys that differ only in case are two tags here (reference aws-federation 12.9). */
import type { Empty, TagOpenIDConnectProviderRequest } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { requestTagKeys } from './condition-keys.ts';
import { changeProvider, onProvider } from './open-id-connect-providers.ts';
import { addTags } from './tags.ts';

export const tagOpenIDConnectProvider: Operation<TagOpenIDConnectProviderRequest, Empty> = {
  name: 'TagOpenIDConnectProvider',
  permission: onProvider('iam:TagOpenIDConnectProvider', (input) => requestTagKeys(input.Tags)),
  handle: async (input, call) => {
    await changeProvider(call, input.OpenIDConnectProviderArn, (provider) => ({
      ...provider,
      tags: addTags(provider.tags, input.Tags, 'kept'),
    }));
    return {};
  },
};
