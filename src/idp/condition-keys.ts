/** Claims of a verified token → condition keys: exactly those that AWS exposes (reference aws-federation 4.1). */
import type { ClaimKey, Claims } from './profile.ts';
import { PROFILES, profileOf } from './profiles.ts';

/** A text is a single-valued key, an array a multivalued one. */
export type KeyValue = string | readonly string[];

/** What a token brings into the request context. */
export interface ConditionKeys {
  /** `{issuer}:{key}` → value, in the order of the tables; a claim that the token lacks is not here. */
  readonly entries: readonly (readonly [string, KeyValue])[];
  /** The same with the keys in lower case, as a request context has them. */
  readonly contextEntries: readonly (readonly [string, KeyValue])[];
  /** Those of them that stay in the context of the issued session. */
  readonly carried: Readonly<Record<string, KeyValue>>;
}

/** The keys that every issuer has. `aud` is the authorized party when there is one, `oaud` what stands in `aud`. */
const DEFAULT_KEYS: readonly ClaimKey[] = [
  { key: 'aud', claim: [['azp'], ['aud']], type: 'String', multivalued: false, inSession: true },
  { key: 'sub', claim: [['sub']], type: 'String', multivalued: false, inSession: true },
  { key: 'amr', claim: [['amr']], type: 'String', multivalued: true, inSession: true },
  { key: 'oaud', claim: [['aud']], type: 'String', multivalued: false, inSession: false },
  { key: 'email', claim: [['email']], type: 'String', multivalued: false, inSession: false },
];

const KEYS_OF_PROFILE = new Map(PROFILES.map((profile) => [profile, [...DEFAULT_KEYS, ...profile.keys]]));

/** Every key that tokens of this issuer can have, the default ones first. */
export function keysOfIssuer(issuer: string): readonly ClaimKey[] {
  return KEYS_OF_PROFILE.get(profileOf(issuer)) ?? DEFAULT_KEYS;
}

/**
 * The condition keys of a verified token. Claims that are on no list never become keys: a condition
 * on them finds the key absent.
 *
 * Numbers and booleans become text. A claim of any other form (null, an object, a list where one
 * value is expected) gives no key; only `aud` may be a list of one, and `oaud` then keeps them all.
 *
 * @param issuer without `https://`, path and trailing slash kept: the prefix of every key
 */
export function conditionKeys(issuer: string, claims: Claims): ConditionKeys {
  const entries: (readonly [string, KeyValue])[] = [];
  const contextEntries: (readonly [string, KeyValue])[] = [];
  const carried: Record<string, KeyValue> = {};
  for (const { definition, name, lowerCased } of namedKeys(issuer)) {
    const value = valueOf(definition, claims);
    if (value === undefined) continue;
    entries.push([name, value]);
    contextEntries.push([lowerCased, value]);
    if (definition.inSession) carried[name] = value;
  }
  return { entries, contextEntries, carried };
}

interface NamedKey {
  readonly definition: ClaimKey;
  /** `{issuer}:{key}` */
  readonly name: string;
  readonly lowerCased: string;
}

/** Issuers whose names are kept; the one that came first makes room. */
const ISSUER_LIMIT = 1000;
const namedKeysOfIssuers = new Map<string, readonly NamedKey[]>();

/** The full names of an issuer's keys, spelled out once: every token of it has the same. */
function namedKeys(issuer: string): readonly NamedKey[] {
  const known = namedKeysOfIssuers.get(issuer);
  if (known !== undefined) return known;
  const named = keysOfIssuer(issuer).map((definition) => {
    const name = `${issuer}:${definition.key}`;
    return { definition, name, lowerCased: name.toLowerCase() };
  });
  const [oldest] = namedKeysOfIssuers.size >= ISSUER_LIMIT ? namedKeysOfIssuers.keys() : [];
  if (oldest !== undefined) namedKeysOfIssuers.delete(oldest);
  namedKeysOfIssuers.set(issuer, named);
  return named;
}

function valueOf(definition: ClaimKey, claims: Claims): KeyValue | undefined {
  const claim = firstPresent(definition.claim, claims);
  if (definition.multivalued) return Array.isArray(claim) ? textsOf(claim) : textsOf([claim]);
  if (!Array.isArray(claim)) return textOf(claim);
  if (definition.key === 'oaud') return textsOf(claim);
  return definition.key === 'aud' && claim.length === 1 ? textOf(claim[0]) : undefined;
}

function firstPresent(paths: readonly (readonly string[])[], claims: Claims): unknown {
  for (const path of paths) {
    const value = path.reduce<unknown>(memberOf, claims);
    if (value !== undefined) return value;
  }
  return undefined;
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}

function textsOf(values: readonly unknown[]): readonly string[] | undefined {
  const texts = values.map(textOf).filter((text) => text !== undefined);
  return texts.length === 0 ? undefined : texts;
}

function textOf(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return value;
    case 'boolean':
      return String(value);
    case 'number':
      // Beyond 2^53 different numbers of the issuer would read as the same text.
      return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? String(value) : undefined;
    default:
      return undefined;
  }
}
