import { comparingNumbers, isNumber } from '../comparisons/numbers.ts';
import type { Operator } from './operator.ts';

/** NumericNotEquals: the request's number is none of the policy's. */
export const numericNotEquals: Operator = {
  name: 'NumericNotEquals',
  negated: true,
  tests: 'value',
  storable: isNumber,
  compile: (value) => comparingNumbers(value, (order) => order === 0),
};
