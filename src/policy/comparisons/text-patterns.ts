/** Texts against patterns: `*` and `?` cross every character; case counts. */
import { compileGlob, type Glob } from '../glob.ts';
import { MATCH, NO_MATCH, type ValueTest } from '../operators/operator.ts';
import { constantUnits, readTemplate, resolveTemplate, type Template } from '../variable.ts';

/** A test against the policy's pattern; what its variables stand for is literal. */
export function likePattern(value: string, variables: boolean): ValueTest {
  const template = readTemplate(value, { variables, wildcards: true });
  const constant = constantUnits(template);
  return constant === undefined ? likeTemplate(template) : likeGlob(compileGlob(constant));
}

function likeGlob(matches: Glob): ValueTest {
  return (actual) => (matches(actual) ? MATCH : NO_MATCH);
}

function likeTemplate(template: Template): ValueTest {
  return (actual, context) => {
    const units = resolveTemplate(template, context);
    return units !== undefined && compileGlob(units)(actual) ? MATCH : NO_MATCH;
  };
}
