import { comparingDates, isDate } from '../comparisons/dates.ts';
import type { Operator } from './operator.ts';

/** DateNotEquals: the request's instant is none of the policy's. */
export const dateNotEquals: Operator = {
  name: 'DateNotEquals',
  negated: true,
  tests: 'value',
  storable: isDate,
  compile: (value) => comparingDates(value, (difference) => difference === 0),
};
