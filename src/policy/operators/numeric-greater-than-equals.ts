import { comparingNumbers, isNumber } from '../comparisons/numbers.ts';
import type { Operator } from './operator.ts';

/** NumericGreaterThanEquals: the request's number is at least the policy's. */
export const numericGreaterThanEquals: Operator = {
  name: 'NumericGreaterThanEquals',
  negated: false,
  tests: 'value',
  storable: isNumber,
  compile: (value) => comparingNumbers(value, (order) => order >= 0),
};
