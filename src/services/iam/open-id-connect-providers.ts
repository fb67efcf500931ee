/** OIDC providers as records: found by ARN, changed in one transaction. */
import type { AccountId, Arn } from '../../base/arn.ts';
import { iamArn, parseArn } from '../../base/arn.ts';
import type { OpenIDConnectProvider } from '../../storage/state/iam-records.ts';
import type { Readers } from '../../storage/state/state.ts';
import type { Call, Permission } from '../operation.ts';
import { type ConditionKeys, resourceTagKeys } from './condition-keys.ts';
import { iamError } from './errors.ts';

const RESOURCE_TYPE = 'oidc-provider/';

/** `arn:aws:iam::{account}:oidc-provider/{issuer}`. */
export function providerArn(account: AccountId, issuer: string): Arn {
  return iamArn(account, RESOURCE_TYPE + issuer);
}

/** Key of the record. */
export function providerKey(account: AccountId, issuer: string): string {
  return `${account}/${issuer}`;
}

/** The provider's issuer as its ARN says it. Throws `ValidationError` for a text that is not such an ARN. */
export function issuerOfArn(arn: string): string {
  const parts = parseArn(arn);
  if (parts === undefined || parts.service !== 'iam') throw iamError('ValidationError', `Invalid ARN: ${arn}`);
  if (!parts.resource.startsWith(RESOURCE_TYPE)) throw iamError('ValidationError', 'Invalid resource type in ARN');
  return parts.resource.slice(RESOURCE_TYPE.length);
}

/** The provider of this ARN in the account; undefined when there is none. */
export async function peekProvider(
  readers: Readers,
  account: AccountId,
  arn: string,
): Promise<OpenIDConnectProvider | undefined> {
  const provider = await readers.openIDConnectProviders.get(providerKey(account, issuerOfArn(arn)));
  return provider?.arn === arn ? provider : undefined;
}

/** Throws `NoSuchEntity` when the account has no such provider. */
export async function findProvider(readers: Readers, account: AccountId, arn: string): Promise<OpenIDConnectProvider> {
  const provider = await peekProvider(readers, account, arn);
  if (provider === undefined) throw iamError('NoSuchEntity', `OpenIDConnect Provider not found for arn ${arn}`);
  return provider;
}

/** Replaces the provider by what `change` makes of it, in one transaction. */
export async function changeProvider(
  call: Call,
  arn: string,
  change: (provider: OpenIDConnectProvider) => OpenIDConnectProvider,
): Promise<void> {
  await call.sojourn.state.write(async (writers) => {
    const provider = change(await findProvider(writers, call.account, arn));
    await writers.openIDConnectProviders.put(providerKey(call.account, provider.url), provider);
  });
}

/** One action on the provider that the input names, with its tags. */
export function onProvider<I extends { readonly OpenIDConnectProviderArn: string }>(
  action: string,
  keys: (input: I) => ConditionKeys = () => ({}),
): Permission<I> {
  return {
    kind: 'actions',
    actions: [action],
    requirements: async (input, call) => {
      const arn = input.OpenIDConnectProviderArn;
      const provider = await peekProvider(call.sojourn.state, call.account, arn);
      return [{ action, resource: arn, context: { ...resourceTagKeys(provider?.tags), ...keys(input) } }];
    },
  };
}
