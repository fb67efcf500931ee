import { equalTo, isText } from '../comparisons/texts.ts';
import type { Operator } from './operator.ts';

/** StringEquals: the request's text is the policy's. */
export const stringEquals: Operator = {
  name: 'StringEquals',
  negated: false,
  tests: 'value',
  storable: isText,
  compile: equalTo,
};
