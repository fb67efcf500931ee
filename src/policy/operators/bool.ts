/** Bool: a text is `true` without regard to case; everything else is false, on both sides (recorded). */
import { MATCH, NO_MATCH, type Operator } from './operator.ts';

/** Equality of truth values. AWS stores any text here. */
export const bool: Operator = {
  name: 'Bool',
  negated: false,
  tests: 'value',
  storable: () => true,
  compile: (value) => {
    const expected = isTrue(value);
    return (actual) => (isTrue(actual) === expected ? MATCH : NO_MATCH);
  },
};

/** How Bool and Null read a text. */
export function isTrue(text: string): boolean {
  return text.length === 4 && text.toLowerCase() === 'true';
}
