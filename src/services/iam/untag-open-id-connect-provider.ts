/** UntagOpenIDConnectProvider: keys that are not there are no error. */
import type { Empty, UntagOpenIDConnectProviderRequest } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { untagKeys } from './condition-keys.ts';
import { changeProvider, onProvider } from './open-id-connect-providers.ts';
import { removeTags } from './tags.ts';

export const untagOpenIDConnectProvider: Operation<UntagOpenIDConnectProviderRequest, Empty> = {
  name: 'UntagOpenIDConnectProvider',
  permission: onProvider('iam:UntagOpenIDConnectProvider', (input) => untagKeys(input.TagKeys)),
  handle: async (input, call) => {
    await changeProvider(call, input.OpenIDConnectProviderArn, (provider) => ({
      ...provider,
      tags: removeTags(provider.tags, input.TagKeys, 'kept'),
    }));
    return {};
  },
};
