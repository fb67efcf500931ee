import { equalIgnoringCase, isText } from '../comparisons/texts.ts';
import type { Operator } from './operator.ts';

/** StringNotEqualsIgnoreCase: the request's text is none of the policy's, even once all are lower-cased. */
export const stringNotEqualsIgnoreCase: Operator = {
  name: 'StringNotEqualsIgnoreCase',
  negated: true,
  tests: 'value',
  storable: isText,
  compile: equalIgnoringCase,
};
