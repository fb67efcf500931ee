import { comparingDates, isDate } from '../comparisons/dates.ts';
import type { Operator } from './operator.ts';

/** DateLessThanEquals: the request's instant is the policy's or before it. */
export const dateLessThanEquals: Operator = {
  name: 'DateLessThanEquals',
  negated: false,
  tests: 'value',
  storable: isDate,
  compile: (value) => comparingDates(value, (difference) => difference <= 0),
};
