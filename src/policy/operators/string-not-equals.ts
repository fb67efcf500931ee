import { equalTo, isText } from '../comparisons/texts.ts';
import type { Operator } from './operator.ts';

/** StringNotEquals: the request's text is none of the policy's. */
export const stringNotEquals: Operator = {
  name: 'StringNotEquals',
  negated: true,
  tests: 'value',
  storable: isText,
  compile: equalTo,
};
