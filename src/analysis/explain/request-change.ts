/** Which other values in the request would turn the outcome round. */
import { FAILED, PASSED } from '../../policy/condition.ts';
import type { ContextValue } from '../../policy/context.ts';
import type { ConditionOutcome, Decision, StatementOutcome } from '../../policy/decision.ts';
import { evaluate } from '../../policy/evaluate.ts';
import { profileOf } from '../../idp/profiles.ts';
import { isNeverPresent } from './absence.ts';
import type { Change } from './explanation.ts';
import { nearMisses } from './near-misses.ts';
import { isNearer, isTurned } from './progress.ts';
import { witness } from './witness.ts';
import { claimOf, issuerOf, oneOf } from './wording.ts';

/** Policies in a row that may deny for a value of the request. */
const MAX_STEPS = 4;

/** A request's keys after one step, and what was changed, in words. */
interface RequestStep {
  readonly context: ReadonlyMap<string, ContextValue>;
  readonly edits: readonly string[];
}

/**
 * The smallest change of the request's values that turns the outcome round; undefined when none was found. Each kind of
 * policy that denies may want values of its own, so they are found one after the other, each tried on the engine.
 */
export function requestChange(decision: Decision): Change | undefined {
  const edits: string[] = [];
  let at = decision;
  for (let step = 0; step < MAX_STEPS; step++) {
    const next = nextStep(at);
    if (next === undefined) return undefined;
    edits.push(...next.edits);
    at = next.decision;
    if (isTurned(at, decision)) return { of: 'request', outcome: at.outcome, edits };
  }
  return undefined;
}

interface TakenStep {
  readonly edits: readonly string[];
  readonly decision: Decision;
}

/** Of the steps that lead nearer the one with the fewest edits; of equals the first, which belongs to the nearer statement. */
function nextStep(decision: Decision): TakenStep | undefined {
  let found: TakenStep | undefined;
  for (const { context, edits } of possibleSteps(decision)) {
    if (found !== undefined && found.edits.length <= edits.length) continue;
    const after = evaluate({ ...decision.request, context }, decision.policySet);
    if (isNearer(after, decision)) found = { edits, decision: after };
  }
  return found;
}

function possibleSteps(decision: Decision): readonly RequestStep[] {
  if (decision.outcome === 'implicitDeny') {
    return nearMisses(decision).flatMap(({ outcome }) => stepToMatch(decision, outcome) ?? []);
  }
  return decision.statement === undefined ? [] : stepsToMiss(decision, decision.statement);
}

/** The values that a nearly matching Allow is missing; undefined when more than values is missing. */
function stepToMatch(decision: Decision, statement: StatementOutcome): RequestStep | undefined {
  if (!statement.principal || !statement.action || !statement.resource) return undefined;
  const failed = statement.conditions.filter(({ passed }) => !passed);
  if (failed.some((outcome) => isOutOfReach(outcome, decision))) return undefined;
  const context = new Map(decision.request.context);
  for (const { condition } of failed) {
    const ofKey = statement.conditions.filter((other) => other.condition.contextKey === condition.contextKey);
    const found = witness(
      ofKey.map((other) => other.condition),
      ofKey.map(() => PASSED),
      context,
    );
    if (found === undefined) return undefined;
    put(context, condition.contextKey, found.value);
  }
  return { context, edits: failed.map((outcome) => edit(outcome, decision)) };
}

/** A value that no such request has: a key that such callers never carry, a literal wildcard. */
function isOutOfReach({ key, operator, expected, actual }: ConditionOutcome, { request }: Decision): boolean {
  if (actual === undefined && isNeverPresent(key, request.principal)) return true;
  return (
    /^(?:for\w+:)?stringequals/i.test(operator) && expected.length > 0 && expected.every((text) => /[*?]/.test(text))
  );
}

/** Values each of which lets a matching statement (a Deny, or the Allow that decided) no longer match. */
function stepsToMiss(decision: Decision, statement: StatementOutcome): readonly RequestStep[] {
  return statement.conditions.flatMap(({ condition, key, expected, actual }): readonly RequestStep[] => {
    if (actual === undefined && isNeverPresent(key, decision.request.principal)) return [];
    const found = witness([condition], [FAILED], decision.request.context);
    if (found === undefined) return [];
    const context = new Map(decision.request.context);
    put(context, condition.contextKey, found.value);
    const wish = condition.presence
      ? `the request would have to ${found.value === undefined ? 'lack' : 'carry'} ${key}`
      : `${key} would have to be ${condition.negated ? matchingWords(condition.operator, expected) : otherWords(condition.operator, expected)}`;
    return [{ context, edits: [wish] }];
  });
}

function put(context: Map<string, ContextValue>, key: string, value: ContextValue | undefined): void {
  if (value === undefined) context.delete(key);
  else context.set(key, value);
}

function edit({ condition, key, operator, expected, actual }: ConditionOutcome, decision: Decision): string {
  const advice = adviceFor(condition.contextKey, expected, decision);
  const tail = advice === undefined || condition.negated || condition.presence ? '' : `: ${advice}`;
  if (condition.presence) return `the request would have to ${actual === undefined ? 'carry' : 'lack'} ${key}`;
  const words = condition.negated ? otherWords(operator, expected) : matchingWords(operator, expected);
  return `${key} would have to be ${words}${tail}`;
}

const RELATIONS: readonly (readonly [RegExp, string])[] = [
  [/lessthanequals/, 'at most '],
  [/lessthan/, 'less than '],
  [/greaterthanequals/, 'at least '],
  [/greaterthan/, 'more than '],
  [/ipaddress/, 'an address in '],
  [/like|arn/, 'like '],
];

function matchingWords(operator: string, expected: readonly string[]): string {
  const relation = RELATIONS.find(([pattern]) => pattern.test(operator.toLowerCase()))?.[1] ?? '';
  return `${relation}${oneOf(expected)}`;
}

function otherWords(operator: string, expected: readonly string[]): string {
  return `${/like|arn/i.test(operator) ? 'something not like' : 'something other than'} ${oneOf(expected)}`;
}

/** How a GitHub job gets the value. */
const GITHUB_ADVICE: Readonly<Record<string, (value: string) => string>> = {
  environment: (value) => `write "environment: ${value}" in the job`,
  ref: (value) => `run the workflow on ${value}`,
  repository: (value) => `run it in ${value}`,
  aud: (value) => `ask for the audience "${value}"`,
  job_workflow_ref: (value) => `call the reusable workflow ${value}`,
};

function adviceFor(key: string, expected: readonly string[], { request }: Decision): string | undefined {
  const issuer = issuerOf(request.principal);
  const [value] = expected;
  if (issuer === undefined || value === undefined || /[*?$]/.test(value)) return undefined;
  if (!key.startsWith(`${issuer.toLowerCase()}:`) || profileOf(issuer).name !== 'github') return undefined;
  return GITHUB_ADVICE[claimOf(key)]?.(value);
}
