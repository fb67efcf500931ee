import { likePattern } from '../comparisons/text-patterns.ts';
import { isText } from '../comparisons/texts.ts';
import type { Operator } from './operator.ts';

/** StringLike: the request's text fits the policy's pattern. */
export const stringLike: Operator = {
  name: 'StringLike',
  negated: false,
  tests: 'value',
  storable: isText,
  compile: likePattern,
};
