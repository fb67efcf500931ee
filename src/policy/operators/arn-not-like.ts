import { isArnPattern, likeArn } from '../comparisons/arns.ts';
import type { Operator } from './operator.ts';

/** ArnNotLike: the request's ARN fits none of the policy's patterns. */
export const arnNotLike: Operator = {
  name: 'ArnNotLike',
  negated: true,
  tests: 'value',
  storable: isArnPattern,
  compile: likeArn,
};
