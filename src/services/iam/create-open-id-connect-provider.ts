/** CreateOpenIDConnectProvider: trusts an issuer, for the client ids listed. */
import type {
  CreateOpenIDConnectProviderRequest,
  CreateOpenIDConnectProviderResponse,
} from '../../wire/generated/iam-types.ts';
import type { OpenIDConnectProvider } from '../../storage/state/iam-records.ts';
import type { Call, Operation } from '../operation.ts';
import { iamError } from './errors.ts';
import { providerArn, providerKey } from './open-id-connect-providers.ts';
import { onCreation } from './permissions.ts';
import { clientIds, thumbprints } from './provider-lists.ts';
import { issuerOfUrl } from './provider-url.ts';
import { quotaExceeded, QUOTAS } from './quotas.ts';
import { newTags } from './tags.ts';

/**
 * The thumbprints to store. Without any in the call the live chain's is taken, as AWS does since 2024;
 * AWS refuses a provider whose issuer cannot be reached then, Sojourn stores it without thumbprint:
 * its issuers may stand in networks that are not up yet, and a chain that ends in a trusted root needs none.
 */
async function thumbprintsOf(
  input: CreateOpenIDConnectProviderRequest,
  issuer: string,
  call: Call,
): Promise<readonly string[]> {
  const given = thumbprints(input.ThumbprintList ?? []);
  const { state, issuerKeys } = call.sojourn;
  if (given.length > 0 || (await state.openIDConnectProviders.get(providerKey(call.account, issuer)))) return given;
  const found = await issuerKeys.thumbprintOf(`https://${issuer}`);
  return found.kind === 'thumbprint' ? [found.thumbprint] : [];
}

export const createOpenIDConnectProvider: Operation<
  CreateOpenIDConnectProviderRequest,
  CreateOpenIDConnectProviderResponse
> = {
  name: 'CreateOpenIDConnectProvider',
  permission: onCreation(
    { create: 'iam:CreateOpenIDConnectProvider', tag: 'iam:TagOpenIDConnectProvider' },
    (input, call) => providerArn(call.account, issuerOfUrl(input.Url)),
  ),
  handle: async (input, call) => {
    const issuer = issuerOfUrl(input.Url);
    const provider: OpenIDConnectProvider = {
      account: call.account,
      arn: providerArn(call.account, issuer),
      url: issuer,
      clientIds: clientIds(input.ClientIDList ?? []),
      thumbprints: await thumbprintsOf(input, issuer, call),
      createDate: call.now,
      tags: newTags(input.Tags, 'kept'),
    };
    await call.sojourn.state.write(async ({ openIDConnectProviders }) => {
      if (!(await openIDConnectProviders.create(providerKey(call.account, issuer), provider))) {
        throw iamError('EntityAlreadyExists', `Provider with url https://${issuer} already exists.`);
      }
      if ((await openIDConnectProviders.count(`${call.account}/`)) > QUOTAS.OpenIDConnectProvidersPerAccount) {
        throw quotaExceeded('OpenIDConnectProvidersPerAccount');
      }
    });
    return {
      OpenIDConnectProviderArn: provider.arn,
      ...(provider.tags.length > 0 ? { Tags: provider.tags } : {}),
    };
  },
};
