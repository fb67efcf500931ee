import { isBase64 } from '../comparisons/base64.ts';
import { MATCH, NO_MATCH, type Operator } from './operator.ts';

/**
 * BinaryEquals: the request's base64 is the policy's, letter for letter. Another spelling of the same bytes (`YR==`
 * beside `YQ==`) is not equal, nor is one with spaces or without its padding (recorded).
 */
export const binaryEquals: Operator = {
  name: 'BinaryEquals',
  negated: false,
  tests: 'value',
  storable: isBase64,
  compile: (value) => {
    if (!isBase64(value)) return () => NO_MATCH;
    return (actual) => (actual === value ? MATCH : NO_MATCH);
  },
};
