/** A decision in words: what decided, what came nearest, and what would turn it round. */
import type { Decision, PolicyType } from '../policy/decision.ts';
import type { Change, ExplainedStatement, Explanation, UnreadablePolicy } from './explain/explanation.ts';
import { addStatement, changeStatement, removeStatement, type PlacedStatement } from './explain/policy-change.ts';
import { changeToMatch, changeToMiss } from './explain/request-change.ts';
import { explainStatement, failedElements } from './explain/statement.ts';
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

/** Statements beyond these help nobody. */
const MAX_NEAR_MISSES = 3;
/** Edits are tried only on policies that a person would still read. */
const MAX_EDITED_STATEMENTS = 200;

/** Explains a decision. Pure rendering, but for the changes, which are tried out on the engine. */
export function explain(decision: Decision): Explanation {
  const { outcome, decidedBy, request } = decision;
  const deciding = outcome === 'implicitDeny' ? undefined : placeOf(decision);
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
    changes: changes(decision, deciding, nearest === undefined ? [] : [nearest, ...further]),
    unreadable: unreadablePolicies(decision),
  };
}

function explainPlaced({ outcome, policy }: PlacedStatement, { request }: Decision): ExplainedStatement {
  return explainStatement(outcome, policy, request);
}

function placeOf({ statement, policies }: Decision): PlacedStatement | undefined {
  if (statement === undefined) return undefined;
  const policy = policies.find(({ statements }) => statements.includes(statement));
  return policy && { outcome: statement, policy };
}

/** Allows that did not match, of the policies that could have allowed, fewest failures first. */
function nearMisses(decision: Decision): readonly PlacedStatement[] {
  const types = grantingTypes(decision);
  const placed = decision.policies.flatMap((policy) =>
    types.includes(policy.attached.type)
      ? policy.statements
          .filter(({ matched, statement }) => !matched && statement.effect === 'Allow')
          .map((outcome) => ({ outcome, policy, failed: failedElements(outcome) }))
      : [],
  );
  return placed
    .sort((a, b) => a.failed - b.failed || Number(b.outcome.action) - Number(a.outcome.action) || passed(b) - passed(a))
    .slice(0, MAX_NEAR_MISSES);
}

/** Conditions that held: of two statements that miss by as much, the more particular one was meant. */
function passed({ outcome }: PlacedStatement): number {
  return outcome.conditions.filter((condition) => condition.passed).length;
}

/** Within an account a resource-based policy can stand in for an identity-based one. */
function grantingTypes({ decidedBy, request }: Decision): readonly PolicyType[] {
  const { principal, resourceAccount } = request;
  const account = 'account' in principal ? principal.account : undefined;
  const within = resourceAccount === undefined || resourceAccount === account;
  return decidedBy === 'identity' && within ? ['identity', 'resource'] : [decidedBy];
}

/** At most one change of the request and one of a policy, each the smallest that works. */
function changes(
  decision: Decision,
  deciding: PlacedStatement | undefined,
  near: readonly PlacedStatement[],
): readonly Change[] {
  const size = decision.policies.reduce((sum, { statements }) => sum + statements.length, 0);
  if (size > MAX_EDITED_STATEMENTS) return [];
  if (decision.outcome === 'implicitDeny') {
    const ofRequest = smallest(near.map(({ outcome }) => changeToMatch(decision, outcome)));
    const ofPolicy = smallest([...near.map((placed) => changeStatement(decision, placed)), addStatement(decision)]);
    return [ofRequest, ofPolicy].filter((change) => change !== undefined);
  }
  if (deciding === undefined) return [];
  const ofRequest = changeToMiss(decision, deciding.outcome);
  const ofPolicy = decision.outcome === 'explicitDeny' ? removeStatement(decision, deciding) : undefined;
  return [ofRequest, ofPolicy].filter((change) => change !== undefined);
}

/** The change with the fewest edits; of equals the first, which belongs to the nearer statement. */
function smallest(candidates: readonly (Change | undefined)[]): Change | undefined {
  let found: Change | undefined;
  for (const change of candidates) {
    if (change !== undefined && (found === undefined || change.edits.length < found.edits.length)) found = change;
  }
  return found;
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
