import { likePattern } from '../comparisons/text-patterns.ts';
import { isText } from '../comparisons/texts.ts';
import type { Operator } from './operator.ts';

/** StringNotLike: the request's text fits none of the policy's patterns. */
export const stringNotLike: Operator = {
  name: 'StringNotLike',
  negated: true,
  tests: 'value',
  storable: isText,
  compile: likePattern,
};
