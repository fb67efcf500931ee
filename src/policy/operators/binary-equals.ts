/** BinaryEquals: base64 in the policy against the bytes of the request, which the context carries as base64 too. */
import { Buffer } from 'node:buffer';
import { MATCH, NO_MATCH, type Operator } from './operator.ts';

/** Equality of bytes; a request value that is not base64 matches nothing. */
export const binaryEquals: Operator = {
  name: 'BinaryEquals',
  negated: false,
  tests: 'value',
  storable: isBase64,
  compile: (value) => {
    if (!isBase64(value)) return () => NO_MATCH;
    const expected = canonical(value);
    return (actual) => (isBase64(actual) && canonical(actual) === expected ? MATCH : NO_MATCH);
  },
};

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && BASE64.test(text);
}

/** Two encodings of the same bytes differ at most in the unused bits of the last letter. */
function canonical(base64: string): string {
  return Buffer.from(base64, 'base64').toString('base64');
}
