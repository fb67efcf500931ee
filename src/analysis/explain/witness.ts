/** Values that would make conditions pass or fail: guessed from the policy's values, kept only if the engine agrees. */
import { FAILED, PASSED, testCondition, type CompiledCondition } from '../../policy/condition.ts';
import type { ContextValue, RequestContext } from '../../policy/context.ts';
import { readTemplate, resolveTemplate } from '../../policy/variable.ts';
import { ANY, STAR, textOf } from '../../policy/glob.ts';

/** More values than this are not tried: an explanation has to stay cheap. */
const MAX_CANDIDATES = 60;

/**
 * A value of one key under which all its conditions have the wanted results.
 *
 * @param conditions of one statement and one context key
 * @returns undefined when no candidate does it
 */
export function witness(
  conditions: readonly CompiledCondition[],
  wanted: readonly (typeof PASSED | typeof FAILED)[],
  context: RequestContext,
): { readonly value: ContextValue | undefined } | undefined {
  const [first] = conditions;
  if (first === undefined) return undefined;
  const actual = context.get(first.contextKey);
  for (const value of candidates(conditions, actual, context)) {
    const fits = conditions.every((condition, index) => testCondition(condition, value, context) === wanted[index]);
    if (fits) return { value };
  }
  return undefined;
}

function candidates(
  conditions: readonly CompiledCondition[],
  actual: ContextValue | undefined,
  context: RequestContext,
): readonly (ContextValue | undefined)[] {
  const texts = new Set<string>();
  for (const condition of conditions) {
    for (const value of condition.values) {
      for (const text of textCandidates(value, condition.operator.toLowerCase(), context)) texts.add(text);
    }
  }
  for (const value of typeof actual === 'string' ? [actual] : (actual ?? [])) texts.add(`${value}-other`);
  texts.add('other');
  const some = [...texts].slice(0, MAX_CANDIDATES);
  const multivalued = Array.isArray(actual) || conditions.some(({ quantifier }) => quantifier !== 'none');
  return multivalued ? [...some.map((text) => [text]), undefined] : [...some, undefined];
}

function textCandidates(value: string, operator: string, context: RequestContext): readonly string[] {
  const filled = fill(value, operator.includes('like') || operator.includes('arn'), context);
  if (filled === undefined) return [];
  if (operator.includes('numeric')) return [filled, String(Number(filled) - 1), String(Number(filled) + 1)];
  if (operator.includes('ipaddress')) return [filled.split('/')[0] ?? filled];
  if (operator.includes('bool')) return [filled, filled.toLowerCase() === 'true' ? 'false' : 'true'];
  return [filled];
}

/** The value with variables replaced and wildcards filled by what they may stand for. */
function fill(value: string, wildcards: boolean, context: RequestContext): string | undefined {
  const units = resolveTemplate(readTemplate(value, { variables: true, wildcards }), context);
  if (units === undefined) return undefined;
  return textOf(units.map((unit) => (unit === ANY || unit === STAR ? 0x78 : unit)));
}
