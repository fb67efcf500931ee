import { comparingDates, isDate } from '../comparisons/dates.ts';
import type { Operator } from './operator.ts';

/** DateGreaterThan: the request's instant is after the policy's. */
export const dateGreaterThan: Operator = {
  name: 'DateGreaterThan',
  negated: false,
  tests: 'value',
  storable: isDate,
  compile: (value) => comparingDates(value, (difference) => difference > 0),
};
