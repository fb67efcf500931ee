/** DeleteOpenIDConnectProvider: a second delete is refused (recorded: reference aws-federation 12.9). Roles that name the provider stay. */
import type { DeleteOpenIDConnectProviderRequest, Empty } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { iamError } from './errors.ts';
import { onProvider, peekProvider, providerKey } from './open-id-connect-providers.ts';

export const deleteOpenIDConnectProvider: Operation<DeleteOpenIDConnectProviderRequest, Empty> = {
  name: 'DeleteOpenIDConnectProvider',
  permission: onProvider('iam:DeleteOpenIDConnectProvider'),
  handle: async (input, call) => {
    const arn = input.OpenIDConnectProviderArn;
    await call.sojourn.state.write(async (writers) => {
      const provider = await peekProvider(writers, call.account, arn);
      if (provider === undefined) throw iamError('NoSuchEntity', `OpenId connect Provider ${arn} cannot be found.`);
      await writers.openIDConnectProviders.delete(providerKey(call.account, provider.url));
    });
    return {};
  },
};
