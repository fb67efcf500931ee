/** `max-keys`, `max-parts`, `max-uploads`: how many entries one answer may hold. */
import { invalidArgument } from './errors.ts';

/** S3's most for every listing of objects, parts and uploads. */
export const MOST_ENTRIES = 1000;

/**
 * The page size to use: what was asked for, at most {@link MOST_ENTRIES}, which is also the default.
 *
 * @param parameter name on the wire, for the message
 * @throws ServiceError InvalidArgument below zero
 */
export function pageSize(asked: number | undefined, parameter: string): number {
  if (asked === undefined) return MOST_ENTRIES;
  if (asked < 0 || asked > 0x7fffffff) {
    throw invalidArgument(
      `Argument ${parameter} must be an integer between 0 and 2147483647`,
      parameter,
      String(asked),
    );
  }
  return Math.min(asked, MOST_ENTRIES);
}
