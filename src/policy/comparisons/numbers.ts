/**
 * Order of numbers. A request value that is no number matches nothing, so NumericNotEquals is true on it (recorded);
 * the policy's value is refused at storage when it is no number, and never matches if it got there.
 */
import { MATCH, NO_MATCH, type ValueTest } from '../operators/operator.ts';
import { compareDecimals, readDecimal } from './decimal.ts';
import { rememberingLast } from '../remember.ts';

const readDecimalOnce = rememberingLast(readDecimal);

/** Whether IAM stores the text as a number. */
export function isNumber(value: string): boolean {
  return readDecimal(value) !== undefined;
}

/**
 * A test of how the request's number stands to the policy's.
 *
 * @param holds of the order of request value to policy value: negative, zero or positive
 */
export function comparingNumbers(value: string, holds: (order: number) => boolean): ValueTest {
  const expected = readDecimal(value);
  if (expected === undefined) return () => NO_MATCH;
  return (actual) => {
    const number = readDecimalOnce(actual);
    return number !== undefined && holds(compareDecimals(number, expected)) ? MATCH : NO_MATCH;
  };
}
