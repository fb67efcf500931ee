import { comparingDates, isDate } from '../comparisons/dates.ts';
import type { Operator } from './operator.ts';

/** DateLessThan: the request's instant is before the policy's. */
export const dateLessThan: Operator = {
  name: 'DateLessThan',
  negated: false,
  tests: 'value',
  storable: isDate,
  compile: (value) => comparingDates(value, (difference) => difference < 0),
};
