/** Session tags that an identity provider puts into its token, nested or flattened (aws-federation 6). */
import type { Tag } from '../base/tags.ts';
import { tagsFromClaims, type ClaimToTag } from './claims-to-tags.ts';
import { invalid, shown } from './failures.ts';
import type { TokenFailure } from './token.ts';

const TAGS = 'https://aws.amazon.com/tags';
const FLAT_TAG = `${TAGS}/principal_tags/`;
const FLAT_TRANSITIVE = `${TAGS}/transitive_tag_keys`;

/** Most session tags, longest key and value, characters (IAM User Guide, session tags). */
const MAX_TAGS = 50;
const MAX_KEY_LENGTH = 128;
const MAX_VALUE_LENGTH = 256;
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** The tags that the token asks the session to have; empty when it asks for none. */
export interface TokenTags {
  readonly tags: readonly Tag[];
  /** Those of the keys that chained sessions inherit. */
  readonly transitiveTagKeys: readonly string[];
}

/**
 * Reads `https://aws.amazon.com/tags`: an object with `principal_tags` (each value a list of exactly
 * one text) and `transitive_tag_keys`, or the same flattened into claims of its own, where a value is
 * a plain text. A key that comes in both forms is a duplicate, and so is one that comes from the
 * token as well as from the operator's rows: neither may overrule the other.
 *
 * @param rows claims that the operator makes into tags besides
 */
export function sessionTags(
  claims: Readonly<Record<string, unknown>>,
  rows: readonly ClaimToTag[] = [],
): TokenTags | TokenFailure {
  if (rows.length === 0 && !namesTags(claims)) return NO_TAGS;
  const made = tagsFromClaims(claims, rows);
  const tags: Tag[] = [...made.tags];
  const transitiveTagKeys: string[] = [...made.transitiveTagKeys];
  const fault =
    nestedTags(claims[TAGS], tags, transitiveTagKeys) ?? flattenedTags(claims, tags, transitiveTagKeys) ?? limits(tags);
  if (fault !== undefined) return fault;
  const known = new Set(tags.map((tag) => tag.Key.toLowerCase()));
  const stray = transitiveTagKeys.find((key) => !known.has(key.toLowerCase()));
  if (stray !== undefined) return malformed(`transitive_tag_keys names ${shown(stray)}, which is not among the tags`);
  return { tags, transitiveTagKeys };
}

const NO_TAGS: TokenTags = { tags: [], transitiveTagKeys: [] };

/** Most tokens name none: looking at the names alone spares the hot path everything else here. */
function namesTags(claims: Readonly<Record<string, unknown>>): boolean {
  for (const name in claims) if (name.startsWith(TAGS)) return true;
  return false;
}

function nestedTags(claim: unknown, tags: Tag[], transitive: string[]): TokenFailure | undefined {
  if (claim === undefined || claim === null) return undefined;
  if (!isObject(claim)) return malformed(`${TAGS} is not an object`);
  const principalTags = claim['principal_tags'] ?? {};
  if (!isObject(principalTags)) return malformedTags('principal_tags is not an object');
  for (const [key, list] of Object.entries(principalTags)) {
    const value: unknown = Array.isArray(list) && list.length === 1 ? list[0] : undefined;
    if (typeof value !== 'string') return malformedTags(`the value of tag ${shown(key)} is not a list of one text`);
    tags.push({ Key: key, Value: value });
  }
  return transitiveKeys(claim['transitive_tag_keys'], transitive);
}

function flattenedTags(
  claims: Readonly<Record<string, unknown>>,
  tags: Tag[],
  transitive: string[],
): TokenFailure | undefined {
  for (const [name, value] of Object.entries(claims)) {
    if (!name.startsWith(FLAT_TAG)) continue;
    if (typeof value !== 'string') return malformedTags(`${shown(name)} is not a text`);
    tags.push({ Key: name.slice(FLAT_TAG.length), Value: value });
  }
  return transitiveKeys(claims[FLAT_TRANSITIVE], transitive);
}

function transitiveKeys(list: unknown, transitive: string[]): TokenFailure | undefined {
  if (list === undefined || list === null) return undefined;
  if (!Array.isArray(list)) return malformed('transitive_tag_keys is not a list');
  for (const key of list) {
    if (typeof key !== 'string') return malformed('transitive_tag_keys holds something that is no text');
    transitive.push(key);
  }
  return undefined;
}

/** Number, form and uniqueness: keys differ without regard to case, `aws:` is reserved. */
function limits(tags: readonly Tag[]): TokenFailure | undefined {
  if (tags.length > MAX_TAGS) return malformed(`${tags.length} tags, at most ${MAX_TAGS} are allowed`);
  const seen = new Set<string>();
  for (const { Key, Value } of tags) {
    const key = Key.toLowerCase();
    if (Key === '' || Key.length > MAX_KEY_LENGTH || !TAG_TEXT.test(Key)) {
      return malformedTags(`a tag key is empty, longer than ${MAX_KEY_LENGTH} or has characters that tags cannot have`);
    }
    if (key.startsWith('aws:')) return malformedTags(`tag key ${shown(Key)} has the reserved prefix aws:`);
    if (Value.length > MAX_VALUE_LENGTH || !TAG_TEXT.test(Value)) {
      return malformedTags(`the value of tag ${shown(Key)} is too long or has characters that tags cannot have`);
    }
    if (seen.has(key)) return malformedTags(`tag key ${shown(Key)} comes twice; keys do not differ by case`);
    seen.add(key);
  }
  return undefined;
}

function malformedTags(detail: string): TokenFailure {
  return invalid('principal_tags passed in claim is not in correct format.', detail);
}

function malformed(detail: string): TokenFailure {
  return invalid('Session tags passed in claim are not in correct format.', detail);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
