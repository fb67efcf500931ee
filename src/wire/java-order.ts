/**
 * The orders in which AWS's Query services walk members, print them and print enumerations: those of Java's hashes.
 *
 * Seen on AWS: a tag's `value` is reported before its `key`, and answers with `Arn`, `UserId`, `Account` or
 * `Audience`, `AssumedRoleUser`, `Provider`, `Credentials`, `SubjectFromWebIdentityToken`. None is the models'
 * order; all are that of `java.util.HashMap`, as is every other pair seen. The values of an enumeration come in
 * another order, that of their plain hashes.
 */

/** Buckets of a map of that many entries: a power of two from 16, doubled when it is three quarters full. */
function bucketCount(size: number): number {
  let count = 16;
  while (size > count * 0.75) count *= 2;
  return count;
}

/** `items` as a Java hash map keyed by their names iterates: by bucket, then as they were put in. */
export function inJavaOrder<T>(items: readonly T[], nameOf: (item: T) => string): readonly T[] {
  const count = bucketCount(items.length);
  return items.toSorted((a, b) => bucketOf(nameOf(a), count) - bucketOf(nameOf(b), count));
}

/** Buckets that hold the values of an enumeration, however few they are. */
const ENUM_BUCKETS = 32;

/**
 * The values of an enumeration as AWS prints them: by their plain hash code over 32 buckets. Recorded for IAM in
 * September 2026 (`contextKeyType`, `policyType`, `attachmentType`), and so for `[v2Token, v1Token]`; of more than 24
 * values none has been seen.
 */
export function inEnumOrder(values: readonly string[]): readonly string[] {
  const bucket = (value: string): number => (javaHash(value) >>> 0) % ENUM_BUCKETS;
  return values.toSorted((a, b) => bucket(a) - bucket(b));
}

function bucketOf(name: string, count: number): number {
  const hash = javaHash(name);
  return ((hash ^ (hash >>> 16)) >>> 0) % count;
}

/** `String.hashCode()`: over UTF-16 units, in signed 32 bit. */
function javaHash(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(31, hash) + text.charCodeAt(i)) | 0;
  return hash;
}
