/**
 * The order in which AWS's Query services walk members, print them and print enumerations: that of a
 * Java hash map.
 *
 * Seen on AWS: a tag's `value` is reported before its `key`, `[v2Token, v1Token]`, and answers with
 * `Arn`, `UserId`, `Account` or `Audience`, `AssumedRoleUser`, `Provider`, `Credentials`,
 * `SubjectFromWebIdentityToken`. None is the models' order; all are that of `java.util.HashMap`, as is
 * every other pair seen.
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
