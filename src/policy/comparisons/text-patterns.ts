/** Texts against patterns: `*` and `?` cross every character; case counts. */
import { compileGlob, type Glob } from '../glob.ts';
import { MATCH, NO_MATCH, type ValueTest } from '../operators/operator.ts';
import { compileTemplateGlob, type TemplateGlob } from '../template-glob.ts';
import { constantUnits, readTemplate } from '../variable.ts';

/** A test against the policy's pattern; what its variables stand for is literal. */
export function likePattern(value: string, variables: boolean): ValueTest {
  const template = readTemplate(value, { variables, wildcards: true });
  const constant = constantUnits(template);
  return constant === undefined ? likeTemplate(compileTemplateGlob(template)) : likeGlob(compileGlob(constant));
}

function likeGlob(matches: Glob): ValueTest {
  return (actual) => (matches(actual) ? MATCH : NO_MATCH);
}

function likeTemplate(matches: TemplateGlob): ValueTest {
  return (actual, context) => (matches(actual, context) ? MATCH : NO_MATCH);
}
