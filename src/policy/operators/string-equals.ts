/** StringEquals, StringNotEquals: the same UTF-16 units. Wildcards are ordinary characters. */
import { textOf } from '../glob.ts';
import { constantUnits, readTemplate, resolveTemplate } from '../variable.ts';
import { MATCH, NO_MATCH, withNegation, type ValueTest } from './operator.ts';

/** Equality of texts. */
export const [stringEquals, stringNotEquals] = withNegation('StringEquals', 'StringNotEquals', (value, variables) =>
  textTest(value, variables, (text) => text),
);

/** Compares texts after `fold` was applied to both; the value's policy variables are replaced first. */
export function textTest(value: string, variables: boolean, fold: (text: string) => string): ValueTest {
  const template = readTemplate(value, { variables, wildcards: false });
  const constant = constantUnits(template);
  if (constant !== undefined) {
    const expected = fold(textOf(constant));
    return (actual) => (fold(actual) === expected ? MATCH : NO_MATCH);
  }
  return (actual, context) => {
    const units = resolveTemplate(template, context);
    return units !== undefined && fold(textOf(units)) === fold(actual) ? MATCH : NO_MATCH;
  };
}
