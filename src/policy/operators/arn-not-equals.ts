import { isArnPattern, likeArn } from '../comparisons/arns.ts';
import type { Operator } from './operator.ts';

/** ArnNotEquals: the same as ArnNotLike, wildcards included. */
export const arnNotEquals: Operator = {
  name: 'ArnNotEquals',
  negated: true,
  tests: 'value',
  storable: isArnPattern,
  compile: likeArn,
};
