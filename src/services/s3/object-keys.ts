/** The keys that an object may have. */
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
