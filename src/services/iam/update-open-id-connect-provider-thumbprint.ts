/** UpdateOpenIDConnectProviderThumbprint: replaces the whole list. */
import type { Empty, UpdateOpenIDConnectProviderThumbprintRequest } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { iamError } from './errors.ts';
import { changeProvider, onProvider } from './open-id-connect-providers.ts';
import { thumbprints } from './provider-lists.ts';

export const updateOpenIDConnectProviderThumbprint: Operation<UpdateOpenIDConnectProviderThumbprintRequest, Empty> = {
  name: 'UpdateOpenIDConnectProviderThumbprint',
  permission: onProvider('iam:UpdateOpenIDConnectProviderThumbprint'),
  handle: async (input, call) => {
    if (input.ThumbprintList.length === 0) {
      throw iamError('InvalidInput', 'Thumbprint list must contain at least one entry.');
    }
    const list = thumbprints(input.ThumbprintList);
    await changeProvider(call, input.OpenIDConnectProviderArn, (provider) => ({ ...provider, thumbprints: list }));
    return {};
  },
};
