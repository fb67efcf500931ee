/** Which conditions would have to fare otherwise for a request to come nearer to the other outcome. */
import { FAILED, PASSED } from '../../policy/condition.ts';
import type { AuthorizationRequest, ConditionOutcome, Decision } from '../../policy/decision.ts';
import { isNeverPresent } from './absence.ts';
import { isUndecided } from './cut-short.ts';
import { decidingStatement, nearMisses, type PlacedStatement } from './near-misses.ts';
import { baseName } from './operator-family.ts';
import type { Wish } from './witness.ts';

/** A request that differs in more values than these is another request. */
export const MAX_KEYS = 8;

/**
 * Ways to come nearer, those of nearer statements first: all conditions of an Allow that nearly matched, or one of the
 * statement that decided.
 *
 * @param request the one that was made, of which what a caller cannot have is known
 */
export function* possibleWishes(decision: Decision, request: AuthorizationRequest): Generator<readonly Wish[]> {
  if (decision.outcome === 'implicitDeny') {
    for (const placed of nearMisses(decision)) yield* wishesToMatch(placed, request);
    return;
  }
  const deciding = decidingStatement(decision);
  if (deciding !== undefined && !isUndecided(deciding.outcome)) yield* wishesToMiss(deciding, request);
}

/** What a nearly matching Allow wishes of the keys on which it fails; nothing when more than values is missing. */
function* wishesToMatch(placed: PlacedStatement, request: AuthorizationRequest): Generator<readonly Wish[]> {
  const { principal, action, resource, conditions } = placed.outcome;
  if (!principal || !action || !resource || isUndecided(placed.outcome)) return;
  const failed = conditions.filter(({ passed }) => !passed);
  const keys = new Set(failed.map(({ condition }) => condition.contextKey));
  if (keys.size > MAX_KEYS || failed.some((outcome) => isOutOfReach(outcome, request))) return;
  const inOrder = [...failed, ...conditions.filter(({ passed }) => passed)];
  const ofKeys = inOrder.filter(({ condition }) => keys.has(condition.contextKey));
  const variables = readsVariables(placed);
  yield ofKeys.map(({ condition }) => ({ condition, wanted: PASSED, variables }));
}

/** A value that no such request has: a key that such callers never carry, a literal wildcard. */
function isOutOfReach(
  { key, operator, expected }: ConditionOutcome,
  { context, principal }: AuthorizationRequest,
): boolean {
  if (!context.has(key.toLowerCase()) && isNeverPresent(key, principal)) return true;
  const isLiteral = baseName(operator).startsWith('StringEquals');
  return isLiteral && expected.length > 0 && expected.every((text) => text.includes('*') || text.includes('?'));
}

/** Each lets a matching statement (a Deny, or the Allow that decided) no longer match. */
function* wishesToMiss(placed: PlacedStatement, request: AuthorizationRequest): Generator<readonly Wish[]> {
  const variables = readsVariables(placed);
  for (const { condition, key } of placed.outcome.conditions) {
    if (!request.context.has(condition.contextKey) && isNeverPresent(key, request.principal)) continue;
    yield [{ condition, wanted: FAILED, variables }];
  }
}

function readsVariables({ policy }: PlacedStatement): boolean {
  return policy.attached.policy.policy.version === '2012-10-17';
}
