import { comparingNumbers, isNumber } from '../comparisons/numbers.ts';
import type { Operator } from './operator.ts';

/** NumericLessThanEquals: the request's number is at most the policy's. */
export const numericLessThanEquals: Operator = {
  name: 'NumericLessThanEquals',
  negated: false,
  tests: 'value',
  storable: isNumber,
  compile: (value) => comparingNumbers(value, (order) => order <= 0),
};
