/**
 * The time as S3 tells it: in whole seconds, though it prints milliseconds. The listing, the HTTP date
 * of a GET and the date that a client sends back in a condition are then one and the same.
 *
 * Rounded up: a file that was written just before its upload must not look newer than the object, or
 * `aws s3 sync` would send it again.
 *
 * @param milliseconds since the epoch
 */
export function wholeSeconds(milliseconds: number): Date {
  return new Date(Math.ceil(milliseconds / 1000) * 1000);
}
