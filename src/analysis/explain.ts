/** A decision in words: what decided, what came nearest, and what would turn it round. */
import type { Decision } from '../policy/decision.ts';
import { isCutShort, mayHaveMatched } from './explain/cut-short.ts';
import type { Change, ExplainedStatement, Explanation, UnreadablePolicy } from './explain/explanation.ts';
import { askedPolicies, decidingStatement, nearMisses, type PlacedStatement } from './explain/near-misses.ts';
import { policyChange } from './explain/policy-change.ts';
import { silentLevels } from './explain/progress.ts';
import { requestChange } from './explain/request-change.ts';
import { explainStatement } from './explain/statement.ts';
import { evaluationCost, WorkBudget } from './explain/work-budget.ts';
import { levelName, policyName, principalName } from './explain/wording.ts';

/** The value and its parts. */
export type {
  Change,
  ExplainedCondition,
  ExplainedElement,
  ExplainedStatement,
  Explanation,
} from './explain/explanation.ts';
export { renderExplanation } from './explain/render.ts';

/**
 * Explains a decision. Pure rendering, but for the changes, which are tried out on the engine; how much is tried is
 * bounded, and what was not found by then is left out.
 */
export function explain(decision: Decision): Explanation {
  const { outcome, decidedBy, request } = decision;
  const budget = new WorkBudget();
  const deciding = outcome === 'implicitDeny' ? undefined : decidingStatement(decision);
  const [nearest, ...further] = outcome === 'implicitDeny' ? nearMisses(decision) : [];
  const told = deciding ?? nearest;
  const statement = told && explainPlaced(told, decision, budget);
  return {
    outcome,
    summary: `${summary(decision, statement)}${undecided(decision)}`,
    decidedBy,
    request: { principal: principalName(request.principal), action: request.action, resource: request.resource },
    ...(statement !== undefined && { statement }),
    nearMisses: further.map((placed) => explainPlaced(placed, decision, budget)),
    changes: changes(decision),
    unreadable: unreadablePolicies(decision),
  };
}

function explainPlaced(
  { outcome, policy }: PlacedStatement,
  { request }: Decision,
  budget: WorkBudget,
): ExplainedStatement {
  return explainStatement(outcome, policy, request, budget);
}

/** At most one change of the request and one of policies, each the smallest that was found to work. */
function changes(decision: Decision): readonly Change[] {
  const cost = evaluationCost(decision);
  const found = [
    requestChange(decision, { cost, budget: new WorkBudget() }),
    policyChange(decision, { cost, budget: new WorkBudget() }),
  ];
  return found.filter((change) => change !== undefined);
}

function summary(decision: Decision, statement?: ExplainedStatement): string {
  const { outcome, decidedBy, request } = decision;
  const name = policyName(decidedBy);
  switch (outcome) {
    case 'allow':
      return statement === undefined
        ? `Allowed: ${request.action}, by right of the account's root user.`
        : `Allowed: ${request.action}, by the ${name} ${statement.policy}.`;
    case 'explicitDeny':
      return `Denied: ${request.action}, by a statement with effect Deny in the ${name} ${statement?.policy ?? ''}.`;
    case 'implicitDeny':
      return `Denied: ${request.action}, because ${silence(decision)}.`;
  }
}

/** A second sentence where the outcome comes of what was left undecided. */
function undecided(decision: Decision): string {
  const { outcome, statement } = decision;
  if (outcome === 'implicitDeny') {
    const isLeft = askedPolicies(decision).some(({ statements }) =>
      statements.some((one) => one.statement.effect === 'Allow' && mayHaveMatched(one)),
    );
    return isLeft ? ' Not every statement could be compared: the policies are too much for this request.' : '';
  }
  const isLeft = outcome === 'explicitDeny' && statement !== undefined && isCutShort(statement);
  return isLeft ? ' The statement was not compared to its end: the policies are too much for this request.' : '';
}

/** Which policies did not allow: of control policies those of the levels, none of which did. */
function silence(decision: Decision): string {
  const { decidedBy, policySet } = decision;
  const name = policyName(decidedBy);
  const asked = askedPolicies(decision).filter(({ attached }) => attached.type === decidedBy);
  const [only] = asked;
  if (only !== undefined && asked.length === 1) return `no statement of the ${name} ${only.attached.source} allows it`;
  const levels = (decidedBy === 'scp' || decidedBy === 'rcp' ? policySet[decidedBy] : undefined) ?? [];
  const where = silentLevels(decision).map((level) => ` of ${levelName(level, levels.length)}`);
  if (asked.length === 0 && where.length === 0) return `there is no ${name} that could allow it`;
  return `no ${name}${where.join(' and')} allows it`;
}

function unreadablePolicies({ policies }: Decision): readonly UnreadablePolicy[] {
  return policies.flatMap(({ attached }) => {
    const [problem] = attached.policy.problems;
    if (problem === undefined) return [];
    return { policy: attached.source, line: problem.at.line, column: problem.at.column, problem: problem.message };
  });
}
