/**
 * The one function that decides: a request against every policy that has a say.
 *
 * Plain and explained decisions are the same code; `isAllowed` only does not keep the outcomes.
 */
import { parseArn, type ArnParts } from '../base/arn.ts';
import type { CompiledStatement } from './compile.ts';
import { ERROR, FAILED, PASSED, testCondition, type CompiledCondition, type ConditionResult } from './condition.ts';
import type { ContextValue, RequestContext } from './context.ts';
import type {
  AttachedPolicy,
  AuthorizationRequest,
  ConditionOutcome,
  Decision,
  PolicyOutcome,
  PolicySet,
  PolicyType,
  StatementOutcome,
} from './decision.ts';
import { DENIED, weigh, type Voice, type Voices } from './grant.ts';
import { BY_NAME, UNNAMED, type Naming } from './principal-pattern.ts';
import { isRcpAction } from './rcp-services.ts';
import { rememberingLast } from './remember.ts';
import { beginWork, endWork, isSpent, pauseWork, resumeWork, switchShare } from './work.ts';

/** Decides and keeps how every policy, statement and condition fared. */
export function evaluate(request: AuthorizationRequest, policies: PolicySet): Decision {
  const outcomes: PolicyOutcome[] = [];
  const { outcome, decidedBy } = weigh(request, boundedVoices(request, policies, outcomes), policies);
  const statement = decidingStatement(outcome, decidedBy, outcomes);
  return { outcome, decidedBy, statement, request, policySet: policies, policies: outcomes };
}

/** Decides as {@link evaluate} does and keeps nothing. */
export function isAllowed(request: AuthorizationRequest, policies: PolicySet): boolean {
  return weigh(request, boundedVoices(request, policies, undefined), policies).outcome === 'allow';
}

/** What every statement of one evaluation is tested against. */
interface Question {
  readonly request: AuthorizationRequest;
  /** Lower-cased: actions compare without case. */
  readonly action: string;
  /** Read when it is first asked for: trust policies name no resource. Undefined for `*`. */
  readonly resource: () => ArnParts | undefined;
  /** The caller has a permissions boundary, which NotPrincipal with Deny always hits (reference 2). */
  readonly bounded: boolean;
  /** Where outcomes are kept; undefined when nobody asks for them. */
  readonly outcomes: PolicyOutcome[] | undefined;
}

const lowerCased = rememberingLast((text) => text.toLowerCase());
const partsOf = rememberingLast(parseArn);
const NO_POLICIES: readonly AttachedPolicy[] = [];

function boundedVoices(request: AuthorizationRequest, set: PolicySet, outcomes: PolicyOutcome[] | undefined): Voices {
  beginWork();
  try {
    return voices(request, set, outcomes);
  } finally {
    endWork();
  }
}

/** Asks each kind of policy, in the order in which one of them is named when several deny. */
function voices(request: AuthorizationRequest, policies: PolicySet, outcomes: PolicyOutcome[] | undefined): Voices {
  const { boundary, resource, session } = policies;
  const question: Question = {
    request,
    action: lowerCased(request.action),
    resource: () => partsOf(request.resource),
    bounded: boundary !== undefined,
    outcomes,
  };
  return {
    rcp: policies.rcp && rcpsApply(question) ? everyLevel(policies.rcp, question) : BY_NAME,
    scp: policies.scp && scpsApply(request) ? everyLevel(policies.scp, question) : BY_NAME,
    resource: resource === undefined ? UNNAMED : policyVoice(resource, question),
    identity: anyPolicy(policies.identity, question),
    boundary: boundary === undefined ? BY_NAME : policyVoice(boundary, question),
    session: session === undefined ? defaultSession(request) : anyPolicy(session, question),
  };
}

/** RCPs bind listed services, on actions that have a resource, but for one (reference 9). */
function rcpsApply({ action, resource }: Question): boolean {
  return isRcpAction(action) && action !== 'kms:retiregrant' && resource() !== undefined;
}

/** SCPs bind principals of accounts; an unsigned caller of STS, a service and the anonymous have none (reference 7). */
function scpsApply({ principal }: AuthorizationRequest): boolean {
  return principal.kind !== 'webIdentity' && principal.kind !== 'service' && principal.kind !== 'anonymous';
}

/** Without a session policy a session may all its principal may; a federated user's may nothing of its own (reference 7). */
function defaultSession({ principal }: AuthorizationRequest): Voice {
  return principal.kind === 'federatedUser' ? UNNAMED : BY_NAME;
}

function everyLevel(levels: readonly (readonly AttachedPolicy[])[], question: Question): Voice {
  let weakest: Voice = BY_NAME;
  let denied = false;
  for (const level of levels) {
    const voice = anyPolicy(level, question);
    if (voice === DENIED) denied = true;
    else if (voice < weakest) weakest = voice;
  }
  return denied ? DENIED : weakest;
}

function anyPolicy(policies: readonly AttachedPolicy[] = NO_POLICIES, question: Question): Voice {
  let strongest: Voice = UNNAMED;
  for (const policy of policies) {
    const voice = policyVoice(policy, question);
    if (voice > strongest) strongest = voice;
  }
  return strongest;
}

function policyVoice(attached: AttachedPolicy, question: Question): Voice {
  const statements: StatementOutcome[] | undefined = question.outcomes && [];
  let strongest: Voice = UNNAMED;
  for (const statement of attached.policy.statements) {
    const naming = statementNaming(statement, attached.type, question, statements);
    const voice = naming !== UNNAMED && statement.effect === 'Deny' ? DENIED : naming;
    if (voice > strongest) strongest = voice;
  }
  if (statements !== undefined) question.outcomes?.push({ attached, statements });
  return strongest;
}

/** How a statement that matches names the caller; {@link UNNAMED} when it does not match. */
function statementNaming(
  statement: CompiledStatement,
  type: PolicyType,
  question: Question,
  kept: StatementOutcome[] | undefined,
): Naming {
  const { context } = question.request;
  const naming = principalNaming(statement, type, question);
  const action = actionMatches(statement, question);
  const resource = resourceMatches(statement, question);
  const cutShort = statement.resource !== undefined && isSpent();
  let matched = naming !== UNNAMED && action && resource;
  if (kept === undefined) {
    if (!matched) return UNNAMED;
    for (const condition of statement.conditions) {
      const result = boundedTest(condition, context.get(condition.contextKey), context);
      if (result === FAILED || (result === ERROR && statement.effect === 'Allow')) return UNNAMED;
    }
    return naming;
  }
  const conditions: ConditionOutcome[] = [];
  if (!matched) switchShare();
  for (const condition of statement.conditions) {
    const { operator, key, values, contextKey } = condition;
    const actual = context.get(contextKey);
    const result = boundedTest(condition, actual, context);
    // What would only be told, and costs too much to find out, is not told.
    if (!matched && isSpent()) break;
    const error = result === ERROR;
    const passed = error ? statement.effect === 'Deny' : result === PASSED;
    conditions.push({ operator, key, expected: values, actual, passed, error, cutShort: isSpent(), condition });
    if (!matched || passed) continue;
    matched = false;
    switchShare();
  }
  if (!matched) switchShare();
  kept.push({ statement, matched, principal: naming !== UNNAMED, naming, action, resource, cutShort, conditions });
  return matched ? naming : UNNAMED;
}

/**
 * The name of an action is short, so that this is bounded by the policies alone; and it is always told, whatever the
 * rest costs, so that no Deny is passed over and none applies to other actions.
 */
function actionMatches(statement: CompiledStatement, question: Question): boolean {
  pauseWork();
  const matches = statement.action(question.action);
  resumeWork();
  return matches;
}

function resourceMatches({ resource, effect }: CompiledStatement, { resource: asked, request }: Question): boolean {
  if (resource === undefined) return true;
  const matches = !isSpent() && resource(asked(), request.context);
  return isSpent() ? effect === 'Deny' : matches;
}

function boundedTest(
  condition: CompiledCondition,
  actual: ContextValue | undefined,
  context: RequestContext,
): ConditionResult {
  if (isSpent()) return ERROR;
  const result = testCondition(condition, actual, context);
  return isSpent() ? ERROR : result;
}

function principalNaming(statement: CompiledStatement, type: PolicyType, question: Question): Naming {
  // An RCP binds every caller, web identities included, whichever way its "*" is written (recorded, reference 9).
  if (type === 'rcp') return BY_NAME;
  if (statement.principal === undefined) return type === 'resource' || type === 'trust' ? UNNAMED : BY_NAME;
  if (statement.deniesBounded && question.bounded) return BY_NAME;
  return statement.principal(question.request.principal);
}

/** The statement that made the outcome: the first Deny, or of the Allows the one that names the caller most closely. */
function decidingStatement(
  outcome: Decision['outcome'],
  decidedBy: PolicyType,
  policies: readonly PolicyOutcome[],
): StatementOutcome | undefined {
  if (outcome === 'implicitDeny') return undefined;
  const effect = outcome === 'allow' ? 'Allow' : 'Deny';
  let found: StatementOutcome | undefined;
  for (const { attached, statements } of policies) {
    if (attached.type !== decidedBy) continue;
    for (const statement of statements) {
      if (!statement.matched || statement.statement.effect !== effect) continue;
      if (found === undefined || (effect === 'Allow' && statement.naming > found.naming)) found = statement;
    }
  }
  return found;
}
