/**
 * Which edits of policies would turn the outcome round. Each kind of policy that denies needs an edit of its own, so
 * the smallest change is the smallest edit of each: they are found one after the other, each tried on the engine.
 */
import type { Decision } from '../../policy/decision.ts';
import { evaluate } from '../../policy/evaluate.ts';
import { addedStatements } from './added-statement.ts';
import type { Change } from './explanation.ts';
import { decidingStatement, nearMisses } from './near-misses.ts';
import { editedStatement, withoutStatement, type PolicyStep } from './policy-step.ts';
import { isNearer, isTurned } from './progress.ts';
import { evaluationCost, type WorkBudget } from './work-budget.ts';

/** Policies in a row that may deny; who needs more edits than that writes the policies anew. */
const MAX_STEPS = 8;

/** The smallest change of policies that turns the outcome round; undefined when none was found. */
export function policyChange(decision: Decision, budget: WorkBudget): Change | undefined {
  const edits: string[] = [];
  let at = decision;
  for (let step = 0; step < MAX_STEPS; step++) {
    const next = nextStep(at, budget);
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
function nextStep(decision: Decision, budget: WorkBudget): TakenStep | undefined {
  let found: TakenStep | undefined;
  const cost = evaluationCost(decision);
  if (!budget.affords(cost)) return undefined;
  for (const { policySet, edits } of possibleSteps(decision, budget)) {
    if (found !== undefined && found.edits.length <= edits.length) continue;
    if (!budget.spend(cost)) continue;
    const after = evaluate(decision.request, policySet);
    if (isNearer(after, decision)) found = { edits, decision: after };
  }
  return found;
}

function possibleSteps(decision: Decision, budget: WorkBudget): readonly PolicyStep[] {
  if (decision.outcome === 'implicitDeny') {
    const near = nearMisses(decision);
    const steps = near.map((placed) => editedStatement(decision, placed, budget)).filter((step) => step !== undefined);
    return [...steps, ...addedStatements(decision, steps.length > 0)];
  }
  const deciding = decidingStatement(decision);
  return deciding === undefined ? [] : [withoutStatement(decision, deciding)];
}
