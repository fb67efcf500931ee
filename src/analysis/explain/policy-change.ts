/**
 * Which edits of policies would turn the outcome round. Each kind of policy that denies needs an edit of its own, so
 * the smallest change is the smallest edit of each: they are found one after the other, each tried on the engine.
 */
import type { Decision } from '../../policy/decision.ts';
import { evaluate } from '../../policy/evaluate.ts';
import { addedStatements } from './added-statement.ts';
import { isUndecided } from './cut-short.ts';
import type { Change } from './explanation.ts';
import { decidingStatement, nearMisses } from './near-misses.ts';
import { letsEverybodyIn } from './own-identity.ts';
import { editedStatement, withoutStatement, type PolicyStep } from './policy-step.ts';
import { isNearer, isTurned } from './progress.ts';
import type { Attempts, WorkBudget } from './work-budget.ts';

/** Policies in a row that may deny; who needs more edits than that writes the policies anew. */
const MAX_STEPS = 8;

/** The smallest change of policies that turns the outcome round; undefined when none was found. */
export function policyChange(decision: Decision, attempts: Attempts): Change | undefined {
  const edits: string[] = [];
  let at = decision;
  for (let step = 0; step < MAX_STEPS; step++) {
    const next = nextStep(at, attempts);
    if (next === undefined) return undefined;
    edits.push(...next.edits);
    at = next.decision;
    if (isTurned(at, decision)) return { of: 'policy', outcome: at.outcome, edits };
  }
  return undefined;
}

interface TakenStep {
  readonly edits: readonly string[];
  readonly decision: Decision;
}

/** Of the steps that lead nearer the one with the fewest edits; of equals the first, which belongs to the nearer statement. */
function nextStep(decision: Decision, { cost, budget }: Attempts): TakenStep | undefined {
  if (!budget.affords(cost)) return undefined;
  const steps = possibleSteps(decision, budget).toSorted((a, b) => a.edits.length - b.edits.length);
  for (const { policySet, edits } of steps) {
    if (!budget.spend(cost)) return undefined;
    const after = evaluate(decision.request, policySet);
    if (isNearer(after, decision) && !letsEverybodyIn(after)) return { edits, decision: after };
  }
  return undefined;
}

function possibleSteps(decision: Decision, budget: WorkBudget): readonly PolicyStep[] {
  if (decision.outcome === 'implicitDeny') {
    const near = nearMisses(decision);
    const steps = near.map((placed) => editedStatement(decision, placed, budget)).filter((step) => step !== undefined);
    return [...steps, ...addedStatements(decision, steps.length > 0)];
  }
  const deciding = decidingStatement(decision);
  // Of a statement that was not compared nobody knows whether it is in the way.
  return deciding === undefined || isUndecided(deciding.outcome) ? [] : [withoutStatement(decision, deciding)];
}
