/** StringLike, StringNotLike: `*` and `?` are wildcards and cross every character; case counts. */
import { compileGlob, type Glob } from '../glob.ts';
import { constantUnits, readTemplate, resolveTemplate, type Template } from '../variable.ts';
import { MATCH, NO_MATCH, withNegation, type ValueTest } from './operator.ts';

/** Wildcard match of texts. */
export const [stringLike, stringNotLike] = withNegation('StringLike', 'StringNotLike', likeTest);

function likeTest(value: string, variables: boolean): ValueTest {
  const template = readTemplate(value, { variables, wildcards: true });
  const constant = constantUnits(template);
  return constant === undefined ? templateTest(template) : globTest(compileGlob(constant));
}

function globTest(matches: Glob): ValueTest {
  return (actual) => (matches(actual) ? MATCH : NO_MATCH);
}

function templateTest(template: Template): ValueTest {
  return (actual, context) => {
    const units = resolveTemplate(template, context);
    return units !== undefined && compileGlob(units)(actual) ? MATCH : NO_MATCH;
  };
}
