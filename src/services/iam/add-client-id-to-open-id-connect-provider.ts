/** AddClientIDToOpenIDConnectProvider: adding one that is there changes nothing. */
import type { AddClientIDToOpenIDConnectProviderRequest, Empty } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { changeProvider, onProvider } from './open-id-connect-providers.ts';
import { clientIds } from './provider-lists.ts';

export const addClientIDToOpenIDConnectProvider: Operation<AddClientIDToOpenIDConnectProviderRequest, Empty> = {
  name: 'AddClientIDToOpenIDConnectProvider',
  permission: onProvider('iam:AddClientIDToOpenIDConnectProvider'),
  handle: async (input, call) => {
    await changeProvider(call, input.OpenIDConnectProviderArn, (provider) => ({
      ...provider,
      clientIds: clientIds([...provider.clientIds, input.ClientID]),
    }));
    return {};
  },
};
