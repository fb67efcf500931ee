/** RemoveClientIDFromOpenIDConnectProvider: removing one that is not there changes nothing. */
import type { Empty, RemoveClientIDFromOpenIDConnectProviderRequest } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { changeProvider, onProvider } from './open-id-connect-providers.ts';

export const removeClientIDFromOpenIDConnectProvider: Operation<RemoveClientIDFromOpenIDConnectProviderRequest, Empty> =
  {
    name: 'RemoveClientIDFromOpenIDConnectProvider',
    permission: onProvider('iam:RemoveClientIDFromOpenIDConnectProvider'),
    handle: async (input, call) => {
      await changeProvider(call, input.OpenIDConnectProviderArn, (provider) => ({
        ...provider,
        clientIds: provider.clientIds.filter((id) => id !== input.ClientID),
      }));
      return {};
    },
  };
