/**
 * Order of instants. A request value that is no date matches nothing, so DateNotEquals is true on it (recorded); the
 * policy's value is refused at storage when it is no date, and never matches if it got there.
 */
import { MATCH, NO_MATCH, type ValueTest } from '../operators/operator.ts';
import { readInstant } from './instant.ts';
import { rememberingLast } from '../remember.ts';

const readInstantOnce = rememberingLast(readInstant);

/** Whether IAM stores the text as a date. */
export function isDate(value: string): boolean {
  return readInstant(value) !== undefined;
}

/**
 * A test of how the request's instant stands to the policy's.
 *
 * @param holds of the milliseconds from policy value to request value
 */
export function comparingDates(value: string, holds: (difference: number) => boolean): ValueTest {
  const expected = readInstant(value);
  if (expected === undefined) return () => NO_MATCH;
  return (actual) => {
    const instant = readInstantOnce(actual);
    return instant !== undefined && holds(instant - expected) ? MATCH : NO_MATCH;
  };
}
