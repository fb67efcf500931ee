/** The keys that an object may have, and the one version that Sojourn keeps of it. */
import { s3Error } from './errors.ts';

/** In bytes of UTF-8 (S3 User Guide, "Naming Amazon S3 objects"). */
const LONGEST_KEY = 1024;

/**
 * Holds a key to S3's length.
 *
 * @throws ServiceError KeyTooLongError
 */
export function checkKey(key: string): void {
  const size = Buffer.byteLength(key);
  if (size > LONGEST_KEY) {
    throw s3Error('KeyTooLongError', 'Your key is too long', {
      details: { Size: String(size), MaxSizeAllowed: String(LONGEST_KEY) },
    });
  }
}

/**
 * Holds a request to the version there is: buckets are unversioned, so every object has the version `null`.
 *
 * @throws ServiceError NoSuchVersion
 */
export function checkVersion(key: string, version: string | undefined): void {
  if (version === undefined || version === 'null') return;
  throw s3Error('NoSuchVersion', 'The specified version does not exist.', {
    details: { Key: key, VersionId: version },
  });
}
