/**
 * An issuer's JSON Web Key Set (RFC 7517), imported once into key objects.
 *
 * The rules are STS's as observed (reference aws-federation 2 and 12): only keys with a `kid` count,
 * of a repeated `kid` the last key counts, `alg` of a key decides nothing.
 */
import type { TokenFailure, VerificationKey } from './token.ts';
import { importKey } from './key.ts';
import { noVerificationKey, notValidated, shown } from './failures.ts';

/** Most keys of one family that STS takes; one more makes all keys of that family useless. */
const MAX_KEYS_OF_FAMILY = 100;
/** Most keys looked at in one set, of whatever family. */
const MAX_KEYS = 1_000;
/** Longest `kid`, characters. */
const MAX_KID_LENGTH = 1_024;

/** The keys of an issuer, found by `kid`. Immutable. */
export interface KeySet {
  /** How many keys have a `kid` to be found by, usable or not. */
  readonly size: number;
  /** Whether a key of that name is in the set, usable or not: fetching again would bring nothing. */
  has(kid: string): boolean;
  /** Every key that signatures can be checked with. */
  readonly keys: readonly VerificationKey[];
  /**
   * The key for a token of this family.
   *
   * @param kid from the token's header; undefined or empty when it has none, which is enough only
   *   while the set has a single usable key
   */
  find(kid: string | undefined, family: VerificationKey['family']): VerificationKey | TokenFailure;
}

/**
 * Imports a key set as parsed from JSON.
 *
 * A key that cannot be used (encryption, `key_ops`, damaged, too small) does not spoil the others: it
 * is kept as unusable, with the reason for the operator.
 *
 * @returns undefined when this is no key set at all
 */
export function importKeySet(jwks: unknown): KeySet | undefined {
  if (!isObject(jwks) || !Array.isArray(jwks['keys'])) return undefined;
  const list: readonly unknown[] = jwks['keys'];
  if (list.length > MAX_KEYS) return undefined;
  const overfull = new Set(['RSA', 'EC'].filter((kty) => countOf(kty, list) > MAX_KEYS_OF_FAMILY));
  const byKid = new Map<string, VerificationKey | TokenFailure>();
  for (const jwk of list) {
    if (!isObject(jwk)) continue;
    const kid = jwk['kid'];
    if (typeof kid !== 'string' || kid === '' || kid.length > MAX_KID_LENGTH) continue;
    byKid.set(kid, overfull.has(String(jwk['kty'])) ? tooMany(String(jwk['kty'])) : entry(kid, jwk));
  }
  return keySet(byKid);
}

function entry(kid: string, jwk: Readonly<Record<string, unknown>>): VerificationKey | TokenFailure {
  // Any key_ops makes the key useless, even ["verify"], and with another sentence than the rest (12.2).
  if (Object.hasOwn(jwk, 'key_ops')) return notValidated(`key ${shown(kid)} has key_ops, which STS does not accept`);
  const imported = importKey(jwk);
  if (typeof imported === 'string') return noVerificationKey(`key ${shown(kid)} cannot be used: ${imported}`);
  return { kid, ...imported };
}

function tooMany(family: string): TokenFailure {
  return noVerificationKey(`the key set has more than ${MAX_KEYS_OF_FAMILY} ${family} keys`);
}

function keySet(byKid: ReadonlyMap<string, VerificationKey | TokenFailure>): KeySet {
  const [first] = byKid;
  return first !== undefined && byKid.size === 1 ? new SingleKey(...first) : new ManyKeys(byKid);
}

/** A set of one key, as most issuers have: without a map, so that those of ten thousand issuers stay small. */
class SingleKey implements KeySet {
  readonly size = 1;
  readonly #kid: string;
  readonly #key: VerificationKey | TokenFailure;

  constructor(kid: string, key: VerificationKey | TokenFailure) {
    this.#kid = kid;
    this.#key = key;
  }

  get keys(): readonly VerificationKey[] {
    return 'kind' in this.#key ? [] : [this.#key];
  }

  has(kid: string): boolean {
    return kid === this.#kid;
  }

  find(kid: string | undefined, family: VerificationKey['family']): VerificationKey | TokenFailure {
    if (kid === undefined || kid === '') return ofFamily(onlyKey(this.keys), family);
    return ofFamily(kid === this.#kid ? this.#key : unknownKid(kid), family);
  }
}

class ManyKeys implements KeySet {
  readonly size: number;
  readonly keys: readonly VerificationKey[];
  readonly #byKid: ReadonlyMap<string, VerificationKey | TokenFailure>;

  constructor(byKid: ReadonlyMap<string, VerificationKey | TokenFailure>) {
    this.size = byKid.size;
    this.keys = [...byKid.values()].flatMap((key) => ('kind' in key ? [] : [key]));
    this.#byKid = byKid;
  }

  has(kid: string): boolean {
    return this.#byKid.has(kid);
  }

  find(kid: string | undefined, family: VerificationKey['family']): VerificationKey | TokenFailure {
    if (kid === undefined || kid === '') return ofFamily(onlyKey(this.keys), family);
    return ofFamily(this.#byKid.get(kid) ?? unknownKid(kid), family);
  }
}

function unknownKid(kid: string): TokenFailure {
  return noVerificationKey(`the issuer has no key ${shown(kid)}`);
}

/** The key, if a token of this family may be checked with it. */
function ofFamily(
  found: VerificationKey | TokenFailure,
  family: VerificationKey['family'],
): VerificationKey | TokenFailure {
  if ('kind' in found || found.family === family) return found;
  return noVerificationKey(`key ${shown(found.kid ?? '')} is of family ${found.family}, the token wants ${family}`);
}

function onlyKey(keys: readonly VerificationKey[]): VerificationKey | TokenFailure {
  const [only] = keys;
  if (only !== undefined && keys.length === 1) return only;
  return noVerificationKey(`the token names no key and the issuer has ${keys.length} usable ones`);
}

function countOf(kty: string, list: readonly unknown[]): number {
  return list.filter((jwk) => isObject(jwk) && jwk['kty'] === kty).length;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
