/** The names that a bucket may have (S3 User Guide, "General purpose bucket naming rules"). */
import { isIP } from 'node:net';

const FORBIDDEN_PREFIXES = ['xn--', 'sthree-', 'amzn-s3-demo-'];
const FORBIDDEN_SUFFIXES = ['-s3alias', '--ol-s3', '.mrap', '--x-s3', '--table-s3'];

/**
 * Whether a bucket may be created under `name`: 3 to 63 of `a-z 0-9 . -`, a letter or digit first
 * and last, no two periods in a row, not an IPv4 address, none of the reserved prefixes and suffixes.
 *
 * `amzn-s3-demo-` is reserved for documentation on AWS and so is refused here too.
 */
export function isBucketName(name: string): boolean {
  return (
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes('..') &&
    isIP(name) === 0 &&
    !FORBIDDEN_PREFIXES.some((prefix) => name.startsWith(prefix)) &&
    !FORBIDDEN_SUFFIXES.some((suffix) => name.endsWith(suffix))
  );
}
