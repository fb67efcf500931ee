/**
 * The six Date operators. A request value that is no date matches nothing, so DateNotEquals is true on it
 * (recorded); the policy's value is refused at storage when it is no date.
 */
import { readInstant } from './instant.ts';
import { MATCH, NO_MATCH, withNegation, type Operator } from './operator.ts';

/** Equality of instants. */
export const [dateEquals, dateNotEquals] = withNegation(
  'DateEquals',
  'DateNotEquals',
  comparing((difference) => difference === 0),
  isDate,
);

/** Before. Orders have no negation, each is the other's. */
export const dateLessThan = ordering('DateLessThan', (difference) => difference < 0);
/** At or before. */
export const dateLessThanEquals = ordering('DateLessThanEquals', (difference) => difference <= 0);
/** After. */
export const dateGreaterThan = ordering('DateGreaterThan', (difference) => difference > 0);
/** At or after. */
export const dateGreaterThanEquals = ordering('DateGreaterThanEquals', (difference) => difference >= 0);

function ordering(name: string, holds: (difference: number) => boolean): Operator {
  return { name, negated: false, tests: 'value', storable: isDate, compile: comparing(holds) };
}

/** @param holds of the milliseconds from policy value to request value */
function comparing(holds: (difference: number) => boolean): Operator['compile'] {
  return (value) => {
    const expected = readInstant(value);
    if (expected === undefined) return () => NO_MATCH;
    return (actual) => {
      const instant = readInstant(actual);
      return instant !== undefined && holds(instant - expected) ? MATCH : NO_MATCH;
    };
  };
}

function isDate(value: string): boolean {
  return readInstant(value) !== undefined;
}
