import { comparingNumbers, isNumber } from '../comparisons/numbers.ts';
import type { Operator } from './operator.ts';

/** NumericEquals: the request's number is the policy's. */
export const numericEquals: Operator = {
  name: 'NumericEquals',
  negated: false,
  tests: 'value',
  storable: isNumber,
  compile: (value) => comparingNumbers(value, (order) => order === 0),
};
