/** Tags of IAM's entities: their checks and how lists of them change. */
import type { Tag } from '../../base/tags.ts';
import { iamError } from './errors.ts';
import { quotaExceeded, QUOTAS } from './quotas.ts';

/** How tag keys compare: without case, except on OIDC providers (recorded: reference aws-federation 12.9). */
export type TagCase = 'ignored' | 'kept';

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
      throw iamError('InvalidInput', 'aws: prefixed tag key names are not allowed for external use.');
    }
    if (news.has(fold(tag.Key))) {
      throw iamError('InvalidInput', 'Duplicate tag keys found. Please note that Tag keys are case insensitive.');
    }
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
  if (merged.length > QUOTAS.TagsPerResource) throw quotaExceeded('TagsPerResource');
  return merged;
}

/** What a call that adds tags makes of them: merged with those that are there, but an empty list is refused (recorded for TagUser). */
export function addTags(tags: readonly Tag[], added: readonly Tag[], keyCase: TagCase): readonly Tag[] {
  if (added.length === 0) throw iamError('InvalidInput', 'The list of tags must not be empty.');
  return mergeTags(tags, added, keyCase);
}

/** `tags` without those keys; unknown keys are no error. */
export function removeTags(tags: readonly Tag[], keys: readonly string[], keyCase: TagCase): readonly Tag[] {
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
