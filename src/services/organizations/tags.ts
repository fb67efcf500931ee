/** Tags of accounts, organizational units, policies and the root. Keys are compared with their case. */
import type { Tag } from '../../base/tags.ts';
import { constraintViolation, invalidParameter } from './errors.ts';
import { TAGS_PER_RESOURCE } from './quotas.ts';

/**
 * `tags` with `added`: a key that is there takes the new value. Throws `InvalidInputException` for
 * repeated and reserved keys, `ConstraintViolationException` for too many.
 */
export function withTags(tags: readonly Tag[], added: readonly Tag[] | undefined): readonly Tag[] {
  const merged = new Map(tags.map((tag) => [tag.Key, tag.Value]));
  const news = new Set<string>();
  for (const { Key, Value } of added ?? []) {
    if (Key.toLowerCase().startsWith('aws:')) throw invalidParameter('INVALID_SYSTEM_TAGS_PARAMETER');
    if (news.has(Key)) throw invalidParameter('DUPLICATE_TAG_KEY');
    news.add(Key);
    merged.set(Key, Value);
  }
  if (merged.size > TAGS_PER_RESOURCE) throw constraintViolation('MAX_TAG_LIMIT_EXCEEDED');
  return [...merged].map(([Key, Value]) => ({ Key, Value }));
}

/** `tags` without those keys; unknown keys are no error. */
export function withoutTags(tags: readonly Tag[], keys: readonly string[]): readonly Tag[] {
  const gone = new Set(keys);
  return tags.filter((tag) => !gone.has(tag.Key));
}
