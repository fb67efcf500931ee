/**
 * How much an explanation may cost. Every denial is explained before its caller is answered, and both the policies and
 * the request are of others' making, so what is tried out is counted and ends at a bound: what is left out then are
 * causes and changes, never what is true. Counted, not timed: the same decision always has the same explanation.
 */
import type { CompiledCondition } from '../../policy/condition.ts';
import type { ContextValue, RequestContext } from '../../policy/context.ts';
import type { Decision, StatementOutcome } from '../../policy/decision.ts';
import { variableNames } from '../../policy/variable.ts';

/** About a nanosecond each on the machine that the costs below were measured on. */
const LIMIT = 1_000_000;

/** What is left for one part of an explanation: its causes, its change of the request, its change of policies. */
export class WorkBudget {
  #left: number;

  constructor(limit: number = LIMIT) {
    this.#left = limit;
  }

  /** Whether there is so much left. */
  affords(work: number): boolean {
    return work <= this.#left;
  }

  /** Takes the work, or says that there is not so much left; what costs less may still be done then. */
  spend(work: number): boolean {
    if (!this.affords(work)) return false;
    this.#left -= work;
    return true;
  }
}

/** What changes are tried out with. */
export interface Attempts {
  /** Of one more evaluation. */
  readonly cost: number;
  readonly budget: WorkBudget;
}

/** Of another evaluation, as like the one that was made as an edit or two leave it. */
export function evaluationCost({ policies, request }: Decision): number {
  let cost = 1_000 + copyCost(request.context);
  for (const { statements } of policies) {
    for (const outcome of statements) cost += statementCost(outcome, request.resource, request.context);
  }
  return cost;
}

/** Of copying the keys of a request. */
export function copyCost({ size }: RequestContext): number {
  return 50 * size;
}

function statementCost(outcome: StatementOutcome, asked: string, context: RequestContext): number {
  const { action, resource } = outcome.statement.tree;
  let cost = 150 + 20 * action.items.length;
  for (const { text } of resource?.items ?? [])
    cost += 100 + patternCost(text, asked.length) + expansionCost(text, context);
  for (const { condition, actual } of outcome.conditions) cost += 150 + testCost(condition, actual, context);
  return cost;
}

/** The operator's spelling is enough here, and to look it up would cost as much as many a test. */
const PATTERN = /like|arn/i;
const FOLDED = /ignorecase/i;
const TYPED = /numeric|date|ipaddress/i;

/** Of testing one condition on a value: all its values are compared when none matches. */
export function testCost(
  { operator, values }: CompiledCondition,
  actual: ContextValue | undefined,
  context: RequestContext,
): number {
  if (actual === undefined) return 0;
  const count = typeof actual === 'string' ? 1 : actual.length;
  const length = typeof actual === 'string' ? actual.length : actual.reduce((sum, text) => sum + text.length, 0);
  const isPattern = PATTERN.test(operator);
  const perValue =
    count * (TYPED.test(operator) ? 1_500 : isPattern ? 130 : 30) + (FOLDED.test(operator) ? 3 * length : 0);
  let cost = 0;
  for (const value of values) {
    cost += perValue + count * expansionCost(value, context);
    cost += isPattern ? patternCost(value, length) : (value.length + length) / 8;
  }
  return cost;
}

/** Of matching a pattern: `?` is searched place by place, longer pieces 32 units at a time (`policy/shift-and.ts`). */
function patternCost(pattern: string, length: number): number {
  const words = pattern.length / 32;
  const perUnit = pattern.includes('?') ? 10 + 2 * words : pattern.includes('*') ? 1 + words / 2 : 0.1;
  return pattern.length / 8 + length * perUnit;
}

/** Of putting the request's values in the place of policy variables. */
function expansionCost(text: string, context: RequestContext): number {
  if (!text.includes('${')) return 0;
  let cost = 30 * text.length;
  for (const name of variableNames(text)) cost += 200 + 100 * lengthOf(context.get(name.toLowerCase()));
  return cost;
}

function lengthOf(value: ContextValue | undefined): number {
  return typeof value === 'string' ? value.length : 0;
}
