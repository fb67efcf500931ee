import { comparingDates, isDate } from '../comparisons/dates.ts';
import type { Operator } from './operator.ts';

/** DateEquals: the request's instant is the policy's. */
export const dateEquals: Operator = {
  name: 'DateEquals',
  negated: false,
  tests: 'value',
  storable: isDate,
  compile: (value) => comparingDates(value, (difference) => difference === 0),
};
