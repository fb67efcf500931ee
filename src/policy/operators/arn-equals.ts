import { isArnPattern, likeArn } from '../comparisons/arns.ts';
import type { Operator } from './operator.ts';

/** ArnEquals: the same as ArnLike, wildcards included. */
export const arnEquals: Operator = {
  name: 'ArnEquals',
  negated: false,
  tests: 'value',
  storable: isArnPattern,
  compile: likeArn,
};
