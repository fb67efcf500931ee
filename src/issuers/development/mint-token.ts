/** A token as the real issuer would mint it for such a job, signed with the development issuer's key. */
import { randomUUID } from 'node:crypto';
import type { IdentityProvider, MintOptions } from '../../idp/profile.ts';
import { signToken } from '../../tokens/mint.ts';
import type { DevelopmentKeys } from './development-keys.ts';

/** When and for whom. */
export interface MintRequest {
  /** Undefined: the provider's default. */
  readonly audience: string | undefined;
  /** Seconds since the epoch. */
  readonly now: number;
}

/** The token with its claims, or a sentence saying why no such job exists. */
export type MintedToken =
  | { readonly kind: 'token'; readonly token: string; readonly claims: Readonly<Record<string, unknown>> }
  | { readonly kind: 'impossible'; readonly why: string };

/**
 * Mints. An option that the provider does not have is refused, as is a job that it could not run.
 *
 * @param options as listed in the profile's `options`
 */
export async function mintToken(
  keys: DevelopmentKeys,
  provider: IdentityProvider,
  options: MintOptions,
  request: MintRequest,
): Promise<MintedToken> {
  const unknown = Object.keys(options).find((name) => !provider.options.some((option) => option.name === name));
  if (unknown !== undefined) return { kind: 'impossible', why: `a job of ${provider.title} has no option ${unknown}` };
  const minted = provider.mint(options, { ...request, jti: randomUUID() });
  if (minted.kind === 'impossible') return minted;
  const { claims } = minted;
  const { kid, privateKey } = await keys.keysOf(provider);
  const token = signToken({ typ: 'JWT', alg: 'RS256', kid }, claims, privateKey);
  if (typeof claims['iss'] === 'string') await keys.pin(claims['iss'], provider);
  return { kind: 'token', token, claims };
}
