/** Keys as the cache holds them, and what they are worth to one registered provider. */
import type { KeySet } from '../tokens/key-set.ts';
import type { FetchedKeys } from './fetch-keys.ts';
import type { IssuerAnswer, RegisteredIssuer } from './issuer-keys.ts';

/** An issuer's keys with their times, milliseconds since the epoch. Immutable. */
export interface HeldKeys {
  readonly keys: KeySet;
  /** See {@link FetchedKeys}: empty when every server was trusted. */
  readonly untrusted: readonly (readonly string[])[];
  readonly fetchedAt: number;
  /** From here on a use fetches them anew, without waiting for it. */
  readonly refreshAt: number;
  readonly freshUntil: number;
  /** Until here they are served when the issuer cannot be asked. */
  readonly staleUntil: number;
  /** The answer to everyone who needs no thumbprint, made once. */
  readonly trustedAnswer: IssuerAnswer;
}

/** The part of a life after which keys are refreshed in the background. */
const REFRESH_AT = 0.8;

/**
 * Takes keys into the cache.
 *
 * @param now when they came, milliseconds since the epoch
 */
export function heldKeys(
  fetched: Extract<FetchedKeys, { readonly kind: 'keys' }>,
  now: number,
  lifetimeSeconds: number,
  staleSeconds: number,
): HeldKeys {
  const freshUntil = now + lifetimeSeconds * 1000;
  return {
    keys: fetched.keys,
    untrusted: fetched.untrusted,
    fetchedAt: now,
    refreshAt: now + lifetimeSeconds * 1000 * REFRESH_AT,
    freshUntil,
    staleUntil: freshUntil + staleSeconds * 1000,
    trustedAnswer: { kind: 'keys', keys: fetched.keys, verification: 'IAMTrustStore' },
  };
}

/**
 * What a provider with these thumbprints gets. Several accounts register the same issuer with
 * different thumbprints: the keys are fetched once, their worth is judged for each.
 */
export function answerFor(held: HeldKeys, issuer: RegisteredIssuer): IssuerAnswer {
  if (held.untrusted.length === 0) return held.trustedAnswer;
  if (issuer.thumbprints.length === 0) {
    return {
      kind: 'unavailable',
      why: `the certificate chain of ${issuer.url} ends in no trusted root and its provider has no thumbprint`,
    };
  }
  const missed = held.untrusted.find((accepted) => !accepted.some((one) => issuer.thumbprints.includes(one)));
  if (missed === undefined) return { kind: 'keys', keys: held.keys, verification: 'Thumbprint' };
  return {
    kind: 'thumbprintMismatch',
    why: `the certificate chain of ${issuer.url} ends in no trusted root; its thumbprint ${missed.join(' or ')} is not registered`,
  };
}
