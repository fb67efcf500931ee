import { comparingDates, isDate } from '../comparisons/dates.ts';
import type { Operator } from './operator.ts';

/** DateGreaterThanEquals: the request's instant is the policy's or after it. */
export const dateGreaterThanEquals: Operator = {
  name: 'DateGreaterThanEquals',
  negated: false,
  tests: 'value',
  storable: isDate,
  compile: (value) => comparingDates(value, (difference) => difference >= 0),
};
