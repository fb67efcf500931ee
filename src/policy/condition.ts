/**
 * One condition: an operator, a key and its values, compiled, and how it fares on a request.
 *
 * The rules for missing, multivalued and empty keys are those of reference iam-policy-evaluation 5, recorded on
 * AWS (section 17).
 */
import type { ContextValue, RequestContext } from './context.ts';
import { MALFORMED, MATCH, NO_MATCH, UNREADABLE, type ValueTest } from './operators/operator.ts';
import { findOperator, type Quantifier } from './operators/table.ts';
import type { Condition } from './tree.ts';
import { isSpent, spend } from './work.ts';

/** A condition ready to be tested, tied to its place in the document. */
export interface CompiledCondition {
  readonly tree: Condition;
  /** As written. */
  readonly operator: string;
  /** As written. */
  readonly key: string;
  /** As written. */
  readonly values: readonly string[];
  /** The key lower-cased, as contexts have it. */
  readonly contextKey: string;
  readonly quantifier: Quantifier;
  readonly ifExists: boolean;
  readonly negated: boolean;
  readonly presence: boolean;
  readonly tests: readonly ValueTest[];
}

/** The condition does not hold. */
export const FAILED = 0;
/** The condition holds. */
export const PASSED = 1;
/** A malformed value of the policy was reached: an Allow does not apply, a Deny does. */
export const ERROR = 2;
/** How a condition fares on a request. */
export type ConditionResult = typeof FAILED | typeof PASSED | typeof ERROR;

/** Compiles one condition of a document. An operator that does not exist never passes. */
export function compileCondition(tree: Condition, variables: boolean): CompiledCondition {
  const use = findOperator(tree.operator.text);
  const values = tree.values.map((value) => value.text);
  return {
    tree,
    operator: tree.operator.text,
    key: tree.key.text,
    values,
    contextKey: tree.key.text.toLowerCase(),
    quantifier: use?.quantifier ?? 'any',
    ifExists: use?.ifExists ?? false,
    negated: use?.operator.negated ?? false,
    presence: use?.operator.tests === 'presence',
    tests: use === undefined ? [] : values.map((value) => use.operator.compile(value, variables)),
  };
}

/** Tests a condition. `actual` is the context's value of its key, handed in because callers record it. */
export function testCondition(
  condition: CompiledCondition,
  actual: ContextValue | undefined,
  context: RequestContext,
): ConditionResult {
  if (condition.presence) return testPresence(condition, actual, context);
  if (actual === undefined) return onMissingKey(condition);
  if (typeof actual === 'string') return testValue(condition, actual, context);
  // A multivalued key never matches without a set prefix, not even negated or with one value (recorded).
  if (condition.quantifier === 'none') return FAILED;
  return condition.quantifier === 'all'
    ? everyValue(condition, actual, context)
    : someValue(condition, actual, context);
}

function onMissingKey({ ifExists, quantifier, negated }: CompiledCondition): ConditionResult {
  if (ifExists || quantifier === 'all') return PASSED;
  return negated && quantifier === 'none' ? PASSED : FAILED;
}

/** Null. With a set prefix it is always true (ForAllValues) or always false (ForAnyValue). */
function testPresence(
  condition: CompiledCondition,
  actual: ContextValue | undefined,
  context: RequestContext,
): ConditionResult {
  if (condition.quantifier !== 'none') return condition.quantifier === 'all' ? PASSED : FAILED;
  return testValue(condition, actual === undefined ? 'true' : 'false', context);
}

/**
 * Positive operators: some value of the policy matches; negated ones: none does. Values are tried in order, and a
 * match before a malformed value ends the search.
 */
function testValue(condition: CompiledCondition, actual: string, context: RequestContext): ConditionResult {
  const { tests, negated } = condition;
  for (let i = 0; i < tests.length; i++) {
    if (i > 0 && isSpent()) return ERROR;
    const verdict = tests[i]?.(actual, context) ?? NO_MATCH;
    if (verdict === NO_MATCH) continue;
    if (verdict === MATCH) return negated ? FAILED : PASSED;
    if (verdict === UNREADABLE) return FAILED;
    if (verdict === MALFORMED) return ERROR;
    verdict satisfies never;
  }
  return negated ? PASSED : FAILED;
}

/** Steps of comparing two short values. */
const STEPS_OF_TEST = 20;

function everyValue(condition: CompiledCondition, actual: readonly string[], context: RequestContext): ConditionResult {
  for (const value of actual) {
    spend(STEPS_OF_TEST * condition.tests.length);
    if (isSpent()) return ERROR;
    const result = testValue(condition, value, context);
    if (result !== PASSED) return result;
  }
  return PASSED;
}

function someValue(condition: CompiledCondition, actual: readonly string[], context: RequestContext): ConditionResult {
  for (const value of actual) {
    spend(STEPS_OF_TEST * condition.tests.length);
    if (isSpent()) return ERROR;
    const result = testValue(condition, value, context);
    if (result !== FAILED) return result;
  }
  return FAILED;
}
