/**
 * The time as S3 tells it: in whole seconds, though it prints milliseconds. The listing, the HTTP date
 * of a GET and the date that a client sends back in a condition are then one and the same.
 *
 * @param milliseconds since the epoch
 */
export function wholeSeconds(milliseconds: number): Date {
  return new Date(Math.floor(milliseconds / 1000) * 1000);
}
