/** Which values a condition has too few or too many of to pass on a request's value. */
import { PASSED, testCondition, type CompiledCondition } from '../../policy/condition.ts';
import type { ContextValue, RequestContext } from '../../policy/context.ts';
import { MATCH } from '../../policy/operators/operator.ts';

/** Values of the request that a positive operator would have to list: of a list those that fail, or one where one is enough. */
export function missingTexts(
  condition: CompiledCondition,
  actual: ContextValue,
  context: RequestContext,
): readonly string[] {
  if (typeof actual === 'string') return [actual];
  if (condition.quantifier !== 'all') return actual.slice(0, 1);
  return actual.filter((text) => testCondition(condition, text, context) !== PASSED);
}

/** Values of the policy that a negated operator would have to do without. */
export function valuesInTheWay(
  condition: CompiledCondition,
  actual: ContextValue,
  context: RequestContext,
): readonly string[] {
  const matching = (texts: readonly string[]): readonly string[] =>
    condition.values.filter((_, index) => texts.some((text) => condition.tests[index]?.(text, context) === MATCH));
  if (typeof actual === 'string') return matching([actual]);
  if (condition.quantifier === 'all') return matching(actual);
  const [first = [], ...further] = actual.map((text) => matching([text]));
  return further.reduce((fewest, values) => (values.length < fewest.length ? values : fewest), first);
}
