/** ListOpenIDConnectProviders: all of the account; the call has no paging. */
import { iamArn } from '../../base/arn.ts';
import type {
  ListOpenIDConnectProvidersRequest,
  ListOpenIDConnectProvidersResponse,
} from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { onResource } from './permissions.ts';
import { QUOTAS } from './quotas.ts';

export const listOpenIDConnectProviders: Operation<
  ListOpenIDConnectProvidersRequest,
  ListOpenIDConnectProvidersResponse
> = {
  name: 'ListOpenIDConnectProviders',
  permission: onResource('iam:ListOpenIDConnectProviders', (_, call) => iamArn(call.account, 'oidc-provider/*')),
  handle: async (_, call) => {
    const providers = await call.sojourn.state.openIDConnectProviders.list(`${call.account}/`, {
      limit: QUOTAS.OpenIDConnectProvidersPerAccount,
    });
    return { OpenIDConnectProviderList: providers.map(({ arn }) => ({ Arn: arn })) };
  },
};
