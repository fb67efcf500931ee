import { equalIgnoringCase, isText } from '../comparisons/texts.ts';
import type { Operator } from './operator.ts';

/** StringEqualsIgnoreCase: the request's text is the policy's once both are lower-cased. */
export const stringEqualsIgnoreCase: Operator = {
  name: 'StringEqualsIgnoreCase',
  negated: false,
  tests: 'value',
  storable: isText,
  compile: equalIgnoringCase,
};
