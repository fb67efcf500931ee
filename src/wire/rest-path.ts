/**
 * Bucket and key of an S3 request, from its host and its raw path.
 *
 * The path is taken as sent: `..`, `.` and `//` are parts of keys and `+` is a plus; only
 * percent-encoding is undone, once.
 */
import { ServiceError } from '../base/service-error.ts';

/** What a request addresses. */
export interface S3Address {
  /** Decoded; undefined for the service itself (`/`). */
  readonly bucket: string | undefined;
  /** Decoded; undefined for the bucket itself. Never empty. */
  readonly key: string | undefined;
  /** Whether the host named the bucket; the path then holds the key alone. */
  readonly bucketInHost: boolean;
}

/**
 * Where a request goes.
 *
 * @param host the `Host` header, port included
 * @param path as sent, without the query
 * @param hostSuffixes hosts below which a label names a bucket: `s3.localhost` makes
 * `my.bucket.s3.localhost` the bucket `my.bucket`
 *
 * Throws `InvalidURI` 400 for a `%` without two hex digits or bytes that are not UTF-8.
 */
export function readS3Address(host: string, path: string, hostSuffixes: readonly string[]): S3Address {
  const rest = path.startsWith('/') ? path.slice(1) : path;
  const hosted = bucketOfHost(host, hostSuffixes);
  if (hosted !== undefined) return { bucket: hosted, key: keyOf(rest), bucketInHost: true };
  const slash = rest.indexOf('/');
  if (rest === '') return { bucket: undefined, key: undefined, bucketInHost: false };
  if (slash < 0) return { bucket: decodePath(rest), key: undefined, bucketInHost: false };
  return { bucket: decodePath(rest.slice(0, slash)), key: keyOf(rest.slice(slash + 1)), bucketInHost: false };
}

function bucketOfHost(host: string, hostSuffixes: readonly string[]): string | undefined {
  const name = host.replace(/:\d*$/, '').toLowerCase();
  for (const suffix of hostSuffixes) {
    if (name.length > suffix.length + 1 && name.endsWith(`.${suffix.toLowerCase()}`)) {
      return name.slice(0, -(suffix.length + 1));
    }
  }
  return undefined;
}

function keyOf(raw: string): string | undefined {
  return raw === '' ? undefined : decodePath(raw);
}

function decodePath(raw: string): string {
  if (!raw.includes('%')) return raw;
  try {
    return decodeURIComponent(raw);
  } catch {
    const message = "Couldn't parse the specified URI.";
    throw new ServiceError('InvalidURI', 400, message, { reason: 'percent-encoding of the path' });
  }
}
