/** A decision in words: what decided, what came nearest, and what would turn it round. */
import type { Decision } from '../policy/decision.ts';
import type { Change, ExplainedStatement, Explanation, UnreadablePolicy } from './explain/explanation.ts';
import { decidingStatement, nearMisses, type PlacedStatement } from './explain/near-misses.ts';
import { policyChange } from './explain/policy-change.ts';
import { requestChange } from './explain/request-change.ts';
import { explainStatement } from './explain/statement.ts';
import { policyName, principalName } from './explain/wording.ts';

/** The value and its parts. */
export type {
  Change,
  ExplainedCondition,
  ExplainedElement,
  ExplainedStatement,
  Explanation,
} from './explain/explanation.ts';
export { renderExplanation } from './explain/render.ts';

/** Edits are tried only on policies that a person would still read. */
const MAX_EDITED_STATEMENTS = 200;

/** Explains a decision. Pure rendering, but for the changes, which are tried out on the engine. */
export function explain(decision: Decision): Explanation {
  const { outcome, decidedBy, request } = decision;
  const deciding = outcome === 'implicitDeny' ? undefined : decidingStatement(decision);
  const [nearest, ...further] = outcome === 'implicitDeny' ? nearMisses(decision) : [];
  const told = deciding ?? nearest;
  const statement = told && explainPlaced(told, decision);
  return {
    outcome,
    summary: summary(decision, statement),
    decidedBy,
    request: { principal: principalName(request.principal), action: request.action, resource: request.resource },
    ...(statement !== undefined && { statement }),
    nearMisses: further.map((placed) => explainPlaced(placed, decision)),
    changes: changes(decision),
    unreadable: unreadablePolicies(decision),
  };
}

function explainPlaced({ outcome, policy }: PlacedStatement, { request }: Decision): ExplainedStatement {
  return explainStatement(outcome, policy, request);
}

/** At most one change of the request and one of policies, each the smallest that was found to work. */
function changes(decision: Decision): readonly Change[] {
  const size = decision.policies.reduce((sum, { statements }) => sum + statements.length, 0);
  if (size > MAX_EDITED_STATEMENTS) return [];
  return [requestChange(decision), policyChange(decision)].filter((change) => change !== undefined);
}

function summary({ outcome, decidedBy, request, policies }: Decision, statement?: ExplainedStatement): string {
  const name = policyName(decidedBy);
  switch (outcome) {
    case 'allow':
      return statement === undefined
        ? `Allowed: ${request.action}, by right of the account's root user.`
        : `Allowed: ${request.action}, by the ${name} ${statement.policy}.`;
    case 'explicitDeny':
      return `Denied: ${request.action}, by a statement with effect Deny in the ${name} ${statement?.policy ?? ''}.`;
    case 'implicitDeny': {
      const asked = policies.filter(({ attached }) => attached.type === decidedBy);
      const one = asked.length === 1 ? asked[0]?.attached.source : undefined;
      if (asked.length === 0) return `Denied: ${request.action}, because there is no ${name} that could allow it.`;
      return one === undefined
        ? `Denied: ${request.action}, because no ${name} allows it.`
        : `Denied: ${request.action}, because no statement of the ${name} ${one} allows it.`;
    }
  }
}

function unreadablePolicies({ policies }: Decision): readonly UnreadablePolicy[] {
  return policies.flatMap(({ attached }) => {
    const [problem] = attached.policy.problems;
    if (problem === undefined) return [];
    return { policy: attached.source, line: problem.at.line, column: problem.at.column, problem: problem.message };
  });
}
