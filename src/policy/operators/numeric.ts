/**
 * The six Numeric operators. A request value that is no number matches nothing, so NumericNotEquals is true on it
 * (recorded); the policy's value is refused at storage when it is no number, and never matches if it got there.
 */
import { compareDecimals, readDecimal } from './decimal.ts';
import { MATCH, NO_MATCH, withNegation, type Operator } from './operator.ts';

/** Equality of numbers. */
export const [numericEquals, numericNotEquals] = withNegation(
  'NumericEquals',
  'NumericNotEquals',
  comparing((order) => order === 0),
  isNumber,
);

/** Less. Orders have no negation, each is the other's. */
export const numericLessThan = ordering('NumericLessThan', (order) => order < 0);
/** At most. */
export const numericLessThanEquals = ordering('NumericLessThanEquals', (order) => order <= 0);
/** More. */
export const numericGreaterThan = ordering('NumericGreaterThan', (order) => order > 0);
/** At least. */
export const numericGreaterThanEquals = ordering('NumericGreaterThanEquals', (order) => order >= 0);

function ordering(name: string, holds: (order: number) => boolean): Operator {
  return { name, negated: false, tests: 'value', storable: isNumber, compile: comparing(holds) };
}

/** @param holds of the order of request value to policy value */
function comparing(holds: (order: number) => boolean): Operator['compile'] {
  return (value) => {
    const expected = readDecimal(value);
    if (expected === undefined) return () => NO_MATCH;
    return (actual) => {
      const number = readDecimal(actual);
      return number !== undefined && holds(compareDecimals(number, expected)) ? MATCH : NO_MATCH;
    };
  };
}

function isNumber(value: string): boolean {
  return readDecimal(value) !== undefined;
}
