import { comparingNumbers, isNumber } from '../comparisons/numbers.ts';
import type { Operator } from './operator.ts';

/** NumericLessThan: the request's number is below the policy's. */
export const numericLessThan: Operator = {
  name: 'NumericLessThan',
  negated: false,
  tests: 'value',
  storable: isNumber,
  compile: (value) => comparingNumbers(value, (order) => order < 0),
};
