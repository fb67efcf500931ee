/** Tag sets of buckets and objects, and the rules that S3 holds them to (S3 User Guide, "Object tagging"). */
import type { Tag } from '../../base/tags.ts';
import { invalidArgument, s3Error } from './errors.ts';

const MOST_OBJECT_TAGS = 10;
const MOST_BUCKET_TAGS = 50;

/** Letters, digits and spaces of any script, and `+ - = . _ : / @`. */
const TAG_CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/**
 * The tags of an object as the store keeps them.
 *
 * @throws ServiceError BadRequest above ten tags, InvalidTag
 */
export function checkObjectTags(tags: readonly Tag[]): Readonly<Record<string, string>> {
  if (tags.length > MOST_OBJECT_TAGS) {
    throw s3Error('BadRequest', `Object tags cannot be greater than ${MOST_OBJECT_TAGS}`);
  }
  checkTags(tags);
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}

/**
 * Holds the tags of a bucket to the rules.
 *
 * @throws ServiceError BadRequest above fifty tags, InvalidTag
 */
export function checkBucketTags(tags: readonly Tag[]): void {
  if (tags.length > MOST_BUCKET_TAGS) {
    throw s3Error('BadRequest', `Bucket tag count cannot be greater than ${MOST_BUCKET_TAGS}`);
  }
  checkTags(tags);
}

/**
 * The tags in an `x-amz-tagging` header, a query string.
 *
 * @throws ServiceError InvalidArgument when a name comes twice
 */
export function readTaggingHeader(header: string | undefined): readonly Tag[] {
  if (header === undefined || header === '') return [];
  const tags = [...new URLSearchParams(header)].map(([Key, Value]) => ({ Key, Value }));
  if (new Set(tags.map((tag) => tag.Key)).size !== tags.length) {
    throw invalidArgument(
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
      'x-amz-tagging',
      header,
    );
  }
  return tags;
}

/** Tags of the store as S3 lists them. */
export function tagSet(tags: Readonly<Record<string, string>>): readonly Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function checkTags(tags: readonly Tag[]): void {
  const seen = new Set<string>();
  for (const { Key, Value } of tags) {
    if (Key === '' || Key.length > 128 || !TAG_CHARACTERS.test(Key)) {
      throw invalidTag('The TagKey you have provided is invalid', Key);
    }
    if (Value.length > 256 || !TAG_CHARACTERS.test(Value)) {
      throw invalidTag('The TagValue you have provided is invalid', Key);
    }
    if (Key.toLowerCase().startsWith('aws:')) {
      throw invalidTag('System tags cannot be added/updated by requester', Key);
    }
    if (seen.has(Key)) throw invalidTag('Cannot provide multiple Tags with the same key', Key);
    seen.add(Key);
  }
}

function invalidTag(message: string, key: string): Error {
  return s3Error('InvalidTag', message, { details: { TagKey: key } });
}
