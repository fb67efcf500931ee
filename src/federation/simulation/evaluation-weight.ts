/**
 * How much work one evaluation of a simulation is at most, before it is done: in the engine's own steps
 * (`policy/work.ts`), counted generously, so that the engine never cuts a simulated evaluation short. Units are of UTF-16.
 */
import type { CompiledCondition } from '../../policy/condition.ts';
import type { ContextValue, RequestContext } from '../../policy/context.ts';
import type { AttachedPolicy } from '../../policy/decision.ts';
import { findOperator } from '../../policy/operators/table.ts';
import type { SimulatedPolicies } from './simulate.ts';

/** Steps of comparing with one text: some anyway, and some for each unit of it. */
interface Weight {
  fixed: number;
  perUnit: number;
}

/** What an evaluation costs beside its policies, its result told included. */
const EVALUATION = 25_000;
/** A policy of many: how it fared is kept by itself. */
const POLICY = 300;
const STATEMENT = 100;
/** An item of `Action` or `Principal`. */
const ITEM = 40;
/** Reading a value once: lower-cased, as a number, as an ARN. */
const READING = 10;
/** Putting a unit of a variable's value into a pattern. */
const VARIABLE_UNIT = 12;

/** The weight of one evaluation, by its resource. The policies and the context are those of all of them. */
export function evaluationWeight(policies: SimulatedPolicies, context: RequestContext): (resource: string) => number {
  const { identity, boundary, resource, scp = [] } = policies;
  const longest = longestText(context);
  const whole: Weight = { fixed: EVALUATION, perUnit: 0 };
  for (const policy of [...identity, boundary, resource, ...scp.flat()]) {
    if (policy !== undefined) addPolicy(whole, policy, context, longest);
  }
  return ({ length }) => whole.fixed + whole.perUnit * length;
}

function addPolicy(whole: Weight, { policy }: AttachedPolicy, context: RequestContext, longest: number): void {
  whole.fixed += POLICY;
  for (const { tree, conditions } of policy.statements) {
    const named = tree.principal?.entries.reduce((sum, { values }) => sum + values.length, 0) ?? 0;
    whole.fixed += STATEMENT + ITEM * (tree.action.items.length + named);
    for (const { text } of tree.resource?.items ?? []) {
      const { fixed, perUnit } = patternWeight(text, longest);
      whole.fixed += fixed;
      whole.perUnit += perUnit;
    }
    for (const condition of conditions) whole.fixed += conditionWeight(condition, context, longest);
  }
}

function conditionWeight(
  { operator, values, contextKey }: CompiledCondition,
  context: RequestContext,
  longest: number,
): number {
  const name = findOperator(operator)?.operator.name ?? '';
  const hasPatterns = name.includes('Like') || name.startsWith('Arn');
  const all: Weight = { fixed: 1, perUnit: READING };
  for (const value of values) {
    const { fixed, perUnit } = hasPatterns ? patternWeight(value, longest) : valueWeight(value, longest);
    all.fixed += fixed;
    all.perUnit += perUnit;
  }
  const actual = textsOf(context.get(contextKey) ?? '');
  return actual.reduce((sum, { length }) => sum + all.fixed + all.perUnit * length, 0);
}

/** Texts of other lengths are told apart at once; others are compared many units at a time. */
function valueWeight(value: string, longest: number): Weight {
  return { fixed: 1 + value.length / 16 + variableWeight(value, longest), perUnit: 0 };
}

/** A beginning is compared; between stars the text is searched, and with `?` for 32 units of the pattern at a time. */
function patternWeight(pattern: string, longest: number): Weight {
  const stars = pattern.split('*').length - 1;
  const fixed = 4 + variableWeight(pattern, longest);
  if (pattern.includes('?')) {
    return { fixed: fixed + 2 * pattern.length, perUnit: (1 + stars) * (8 + pattern.length / 32) };
  }
  const isBeginning = stars === 0 || (stars === 1 && pattern.endsWith('*'));
  if (isBeginning) return { fixed: fixed + pattern.length / 8, perUnit: 0 };
  return { fixed: fixed + 2 * pattern.length, perUnit: 2 * stars };
}

function variableWeight(value: string, longest: number): number {
  return (value.split('${').length - 1) * longest * VARIABLE_UNIT;
}

/** What a variable can stand for. */
function longestText(context: RequestContext): number {
  let longest = 0;
  for (const value of context.values()) if (typeof value === 'string') longest = Math.max(longest, value.length);
  return longest;
}

function textsOf(value: ContextValue): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
