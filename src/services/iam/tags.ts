/** Tags of IAM's entities: their checks and how lists of them change. */
import type { Tag } from '../../base/tags.ts';
import { iamError } from './errors.ts';
import { QUOTAS } from './quotas.ts';

/**
 * How tag keys compare: without case on roles and users; on OIDC providers, managed policies and instance
 * profiles keys that differ in case are two tags. The refusals of the two kinds differ in their words as
 * well (all observed on AWS in 2026; `kept` has the sentences of certificates, which are tagged alike).
 */
export type TagCase = 'ignored' | 'kept';

/** What is said of an empty list: nothing when it changes nothing. */
const EMPTY = {
  ignored: { tags: 'Error occurred while validating input. ', keys: undefined },
  kept: {
    tags: 'The provided tag map must not be null/empty.',
    keys: 'The provided tag keys must not be null/empty.',
  },
} as const;

const REPEATED = {
  ignored: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
  kept: 'Duplicate tag keys found.',
} as const;

/**
 * Tags for a new entity. Throws `InvalidInput` for reserved and for repeated keys.
 *
 * @param tags as sent; absent is none
 */
export function newTags(tags: readonly Tag[] | undefined, keyCase: TagCase): readonly Tag[] {
  return mergeTags([], tags ?? [], keyCase);
}

/** `tags` with `added`: a key that is there takes the new value. Throws `InvalidInput`, `LimitExceeded`. */
function mergeTags(tags: readonly Tag[], added: readonly Tag[], keyCase: TagCase): readonly Tag[] {
  const fold = folding(keyCase);
  const news = new Map<string, Tag>();
  for (const tag of added) {
    if (tag.Key.toLowerCase().startsWith('aws:')) {
      throw iamError('InvalidInput', 'Tag keys beginning with aws: are reserved for system use.');
    }
    if (news.has(fold(tag.Key))) throw iamError('InvalidInput', REPEATED[keyCase]);
    news.set(fold(tag.Key), { Key: tag.Key, Value: tag.Value });
  }
  const merged = [
    ...tags.map((tag) => {
      const replaced = news.get(fold(tag.Key));
      news.delete(fold(tag.Key));
      return replaced ?? tag;
    }),
    ...news.values(),
  ];
  if (merged.length > QUOTAS.TagsPerResource) {
    throw iamError('LimitExceeded', 'The number of tags has reached the maximum limit.');
  }
  return merged;
}

/** What a call that adds tags makes of them: merged with those that are there, but an empty list is refused. */
export function addTags(tags: readonly Tag[], added: readonly Tag[], keyCase: TagCase): readonly Tag[] {
  if (added.length === 0) throw iamError('InvalidInput', EMPTY[keyCase].tags);
  return mergeTags(tags, added, keyCase);
}

/** `tags` without those keys; unknown keys are no error. Throws `InvalidInput` for an empty list where keys keep their case. */
export function removeTags(tags: readonly Tag[], keys: readonly string[], keyCase: TagCase): readonly Tag[] {
  const empty = EMPTY[keyCase].keys;
  if (keys.length === 0 && empty !== undefined) throw iamError('InvalidInput', empty);
  const fold = folding(keyCase);
  const gone = new Set(keys.map(fold));
  return tags.filter((tag) => !gone.has(fold(tag.Key)));
}

/** Sorted by key, as the tag lists of IAM are. */
export function sortedTags(tags: readonly Tag[]): readonly Tag[] {
  return tags.toSorted((a, b) => (a.Key < b.Key ? -1 : a.Key > b.Key ? 1 : 0));
}

function folding(keyCase: TagCase): (key: string) => string {
  return keyCase === 'ignored' ? (key) => key.toLowerCase() : (key) => key;
}
