import { comparingNumbers, isNumber } from '../comparisons/numbers.ts';
import type { Operator } from './operator.ts';

/** NumericGreaterThan: the request's number is above the policy's. */
export const numericGreaterThan: Operator = {
  name: 'NumericGreaterThan',
  negated: false,
  tests: 'value',
  storable: isNumber,
  compile: (value) => comparingNumbers(value, (order) => order > 0),
};
