/** StringEqualsIgnoreCase, StringNotEqualsIgnoreCase. */
import { withNegation } from './operator.ts';
import { textTest } from './string-equals.ts';

/** Equality of lower-cased texts. */
export const [stringEqualsIgnoreCase, stringNotEqualsIgnoreCase] = withNegation(
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  (value, variables) => textTest(value, variables, lowerCase),
);

const SURROGATE_PAIRS = /((?:[\ud800-\udbff][\udc00-\udfff])+)/;

/**
 * Lower-cases as recorded on AWS (reference 5 and 17): contextual (a final Σ is ς), without case folding or
 * normalisation, and only within the basic multilingual plane.
 */
function lowerCase(text: string): string {
  if (!SURROGATE_PAIRS.test(text)) return text.toLowerCase();
  return text
    .split(SURROGATE_PAIRS)
    .map((part, index) => (index % 2 === 1 ? part : part.toLowerCase()))
    .join('');
}
