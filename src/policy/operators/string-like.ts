/** StringLike, StringNotLike: `*` and `?` are wildcards and cross every character; case counts. */
import { compileGlob } from '../glob.ts';
import { constantUnits, readTemplate, resolveTemplate } from '../variable.ts';
import { MATCH, NO_MATCH, withNegation, type ValueTest } from './operator.ts';

/** Wildcard match of texts. */
export const [stringLike, stringNotLike] = withNegation('StringLike', 'StringNotLike', likeTest);

function likeTest(value: string, variables: boolean): ValueTest {
  const template = readTemplate(value, { variables, wildcards: true });
  const constant = constantUnits(template);
  if (constant !== undefined) {
    const matches = compileGlob(constant);
    return (actual) => (matches(actual) ? MATCH : NO_MATCH);
  }
  return (actual, context) => {
    const units = resolveTemplate(template, context);
    return units !== undefined && compileGlob(units)(actual) ? MATCH : NO_MATCH;
  };
}
