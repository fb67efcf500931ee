/** The smallest edit of one condition after which it passes. */
import { compileCondition, PASSED, testCondition } from '../../policy/condition.ts';
import type { ContextValue } from '../../policy/context.ts';
import type { ConditionOutcome } from '../../policy/decision.ts';
import { identifyingCost, isOpen } from './identifying-condition.ts';
import { meantKeys } from './meant-key.ts';
import { possibleEdits, readsVariables, type ConditionEdit, type EditPurpose } from './possible-edits.ts';
import { testCost } from './work-budget.ts';
import { issuerOf } from './wording.ts';

/** Of compiling one value, of making an edit of it, and of looking for what is meant by a key. */
const COMPILING = 1_000;
const EDITING = 2_500;
const LOOKING_FOR_KEY = 50_000;

/**
 * The first of the possible edits after which the condition passes; taking it out always does. Undefined when it is too
 * much work to tell: a condition is not taken out for that.
 */
export function conditionEdit(outcome: ConditionOutcome, purpose: EditPurpose): ConditionEdit | undefined {
  const { actual, condition } = outcome;
  const { request, budget } = purpose;
  // Values of a list are tested to find the edit, and again to see that it does.
  const tests = (typeof actual === 'string' ? 1 : 2) * testCost(condition, actual, request.context);
  const looking = identifyingCost(condition.tree, issuerOf(request.principal));
  const cost = EDITING + COMPILING * condition.values.length + tests + 40 * lengthOf(actual) + looking;
  if (!budget.spend(cost)) return undefined;
  for (const edit of possibleEdits(condition, actual, purpose)) {
    if (isGood(edit, purpose)) return edit;
    if (!budget.spend(cost)) return undefined;
  }
  if (actual === undefined && !budget.spend(LOOKING_FOR_KEY)) return undefined;
  const why = actual === undefined ? ', whose key this request lacks' : '';
  const words = `take out the condition ${condition.operator} ${condition.key}${why}`;
  return renaming(outcome, purpose) ?? { condition: undefined, words };
}

/** The key is mistyped: it is written right, and if that is not enough the condition edited besides. */
function renaming({ actual, condition }: ConditionOutcome, purpose: EditPurpose): ConditionEdit | undefined {
  if (actual !== undefined || condition.presence) return undefined;
  for (const { key, isCertain } of meantKeys(condition.key, purpose.request)) {
    const { tree } = condition;
    const renamed = { ...tree, key: { ...tree.key, text: key } };
    const words = `write ${key} in place of ${condition.key}`;
    if (isGood({ condition: renamed, words }, purpose)) return { condition: renamed, words };
    if (!isCertain) continue;
    const compiled = compileCondition(renamed, readsVariables(purpose));
    for (const edit of possibleEdits(compiled, purpose.request.context.get(compiled.contextKey), purpose)) {
      if (isGood(edit, purpose)) return { ...edit, words: `${words}, and ${edit.words}` };
    }
  }
  return undefined;
}

/** Whether the condition passes then, and is not one that everybody whom the issuer issues tokens to would pass. */
function isGood({ condition }: ConditionEdit, purpose: EditPurpose): boolean {
  if (condition === undefined) return true;
  const { context, principal } = purpose.request;
  const issuer = issuerOf(principal);
  if (issuer !== undefined && isOpen(condition, issuer)) return false;
  const compiled = compileCondition(condition, readsVariables(purpose));
  return testCondition(compiled, context.get(compiled.contextKey), context) === PASSED;
}

function lengthOf(actual: ContextValue | undefined): number {
  return typeof actual === 'string' ? actual.length : (actual ?? []).reduce((sum, text) => sum + text.length, 0);
}
