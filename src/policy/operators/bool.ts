import { isText } from '../comparisons/texts.ts';
import { isTrue } from '../comparisons/truth.ts';
import { MATCH, NO_MATCH, type Operator } from './operator.ts';

/** Bool: the request's text is as true as the policy's. AWS stores any text here. */
export const bool: Operator = {
  name: 'Bool',
  negated: false,
  tests: 'value',
  storable: isText,
  compile: (value) => {
    const expected = isTrue(value);
    return (actual) => (isTrue(actual) === expected ? MATCH : NO_MATCH);
  },
};
