/** StringEquals, StringNotEquals: the same UTF-16 units. Wildcards are ordinary characters. */
import { textOf } from '../glob.ts';
import { constantUnits, readTemplate, resolveTemplate, type Template } from '../variable.ts';
import { MATCH, NO_MATCH, withNegation, type ValueTest } from './operator.ts';

/** Equality of texts. */
export const [stringEquals, stringNotEquals] = withNegation('StringEquals', 'StringNotEquals', (value, variables) =>
  textTest(value, variables, (text) => text),
);

type Fold = (text: string) => string;

/** Compares texts after `fold` was applied to both; the value's policy variables are replaced first. */
export function textTest(value: string, variables: boolean, fold: Fold): ValueTest {
  const template = readTemplate(value, { variables, wildcards: false });
  const constant = constantUnits(template);
  return constant === undefined ? templateTest(template, fold) : equalTest(fold(textOf(constant)), fold);
}

function equalTest(expected: string, fold: Fold): ValueTest {
  return (actual) => (fold(actual) === expected ? MATCH : NO_MATCH);
}

function templateTest(template: Template, fold: Fold): ValueTest {
  return (actual, context) => {
    const units = resolveTemplate(template, context);
    return units !== undefined && fold(textOf(units)) === fold(actual) ? MATCH : NO_MATCH;
  };
}
