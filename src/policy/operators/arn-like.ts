import { isArnPattern, likeArn } from '../comparisons/arns.ts';
import type { Operator } from './operator.ts';

/** ArnLike: the request's ARN fits the policy's pattern. */
export const arnLike: Operator = {
  name: 'ArnLike',
  negated: false,
  tests: 'value',
  storable: isArnPattern,
  compile: likeArn,
};
