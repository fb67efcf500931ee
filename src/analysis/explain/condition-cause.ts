/**
 * The likely mistake behind a condition's outcome: the causes that people meet in real life (reference
 * aws-federation 1.7), each recognised from the outcome alone.
 */
import { keysOfIssuer } from '../../idp/condition-keys.ts';
import { profileOf } from '../../idp/profiles.ts';
import type { AuthorizationRequest, ConditionOutcome } from '../../policy/decision.ts';
import { compileGlob, unitsOf } from '../../policy/glob.ts';
import { findOperator } from '../../policy/operators/table.ts';
import { isConditionKey } from './absence.ts';
import { CUT_SHORT_CAUSE } from './cut-short.ts';
import { plainForm, readSubject, shapeReason } from './github-subject-shape.ts';
import { baseName } from './operator-family.ts';
import { variableCause } from './variable-cause.ts';
import type { WorkBudget } from './work-budget.ts';
import { claimOf, issuerOf } from './wording.ts';

/** A sentence, or undefined when nothing beyond expected and actual is to be said, or to find it is too much work. */
export function conditionCause(
  outcome: ConditionOutcome,
  request: AuthorizationRequest,
  budget: WorkBudget,
): string | undefined {
  const { actual, passed, error, cutShort, operator, expected } = outcome;
  if (cutShort) return CUT_SHORT_CAUSE;
  // The one way to err on a value of a policy (`policy/comparisons/arns.ts`).
  if (error) return 'A value of the policy is no ARN pattern: an Allow does not apply then, a Deny does.';
  if (actual === undefined) return absentCause(outcome, request, budget);
  if (passed) return undefined;
  if (typeof actual !== 'string') {
    return findOperator(operator)?.quantifier === 'none'
      ? `The key is multivalued: ${operator} never matches it without ForAnyValue: or ForAllValues:.`
      : undefined;
  }
  if (!budget.spend(comparing(expected, actual))) return undefined;
  return (
    firstOf(textCauses, outcome, actual) ??
    subjectCause(outcome, actual) ??
    claimCause(outcome, actual, request) ??
    variableCause(expected, request.context)
  );
}

const LISTING_KEYS = 3_000;
/** A text is lower-cased, trimmed and matched: so much for each of its units. */
const PER_UNIT = 20;

/** Of looking at every expected value beside the actual one. */
function comparing(expected: readonly string[], actual: string): number {
  const length = expected.reduce((sum, text) => sum + text.length, 0);
  return 2_500 + PER_UNIT * (length + expected.length * (20 + actual.length));
}

function absentCause(
  { condition, key, passed }: ConditionOutcome,
  request: AuthorizationRequest,
  budget: WorkBudget,
): string | undefined {
  if (passed && condition.negated && !condition.ifExists && condition.quantifier === 'none') {
    return 'A negated operator is true when the key is absent.';
  }
  const issuer = issuerOf(request.principal);
  if (passed || issuer === undefined || !key.toLowerCase().startsWith(`${issuer}:`.toLowerCase())) return undefined;
  if (isConditionKey(key, issuer) || !budget.spend(LISTING_KEYS)) return undefined;
  const keys = keysOfIssuer(issuer).map(({ key: name }) => name);
  return `Only these claims of ${profileOf(issuer).title} are condition keys: ${keys.join(', ')}.`;
}

type TextCause = (outcome: ConditionOutcome, expected: string, actual: string) => string | undefined;

const WILDCARD = /[*?]/;

/** Tried in order on every expected value. */
const textCauses: readonly TextCause[] = [wildcardTakenLiterally, differsInCase, differsInSpace, fitsShorterPattern];

function firstOf(causes: readonly TextCause[], outcome: ConditionOutcome, actual: string): string | undefined {
  const base = findOperator(outcome.operator)?.operator;
  if (base === undefined || base.negated || !base.name.startsWith('String')) return undefined;
  for (const cause of causes) {
    for (const expected of outcome.expected) {
      const found = cause(outcome, expected, actual);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function wildcardTakenLiterally({ operator }: ConditionOutcome, expected: string, actual: string): string | undefined {
  if (isLike(operator) || !WILDCARD.test(expected)) return undefined;
  const would = fits(expected, actual) ? 'StringLike would match' : 'only StringLike reads wildcards';
  return `${operator} takes * and ? for ordinary characters; ${would}.`;
}

function differsInCase({ operator }: ConditionOutcome, expected: string, actual: string): string | undefined {
  const [a, b] = [expected.toLowerCase(), actual.toLowerCase()];
  if (isLike(operator) ? !fits(a, b) : a !== b) return undefined;
  return `The value differs from "${expected}" in case only, and ${operator} heeds case.`;
}

function differsInSpace(_outcome: ConditionOutcome, expected: string, actual: string): string | undefined {
  if (expected.trim() !== actual.trim()) return undefined;
  return `The value differs from "${expected}" in white space only.`;
}

function fitsShorterPattern({ operator }: ConditionOutcome, expected: string, actual: string): string | undefined {
  if (WILDCARD.test(expected) || expected === '' || !actual.startsWith(expected)) return undefined;
  return `The value starts with "${expected}", but ${operator} compares it whole.`;
}

/** The subject of a GitHub job is of another shape or form than the policy expects. */
function subjectCause({ key, expected, condition }: ConditionOutcome, actual: string): string | undefined {
  if (!condition.contextKey.endsWith(':sub') || condition.negated) return undefined;
  const subject = readSubject(actual);
  if (subject === undefined) return undefined;
  const plain = plainForm(actual);
  for (const text of expected) {
    const meant = readSubject(text);
    const isOfRepository = meant !== undefined && fits(meant.repository, subject.repository);
    if (plain !== undefined && meant?.immutable !== true && (isOfRepository || fits(text, plain))) {
      const form = actual.slice(0, actual.length - subject.context.length);
      return `The repository has the immutable form of sub, which carries ids: it starts with "${form}", and a pattern of plain names never matches it.`;
    }
    if (isOfRepository && meant.shape !== subject.shape) {
      const reason = shapeReason(subject);
      return `The ${claimOf(key)} is of another shape than expected: ${reason}.`;
    }
  }
  return undefined;
}

/** What single claims give away when they differ. */
function claimCause(outcome: ConditionOutcome, actual: string, request: AuthorizationRequest): string | undefined {
  const { condition, expected } = outcome;
  if (condition.negated) return undefined;
  const claim = claimOf(condition.contextKey);
  if (claim === 'aud' && actual.startsWith('https://github.com/')) {
    // Of several audiences other conditions may take some only: that is for the change of the request to find out.
    const [only, ...further] = expected;
    const isOne = only !== undefined && further.length === 0 && !WILDCARD.test(only) && !only.includes('${');
    return `The job did not ask for an audience and got GitHub's default${isOne ? `; ask for "${only}"` : ''}.`;
  }
  // Only ids that are told one by one say which repository is meant: a bound is about something else.
  if ((claim === 'repository_id' || claim === 'repository_owner_id') && isEquality(outcome.operator)) {
    const repository = request.context.get(condition.contextKey.replace(claim, 'repository'));
    if (typeof repository !== 'string' || !expected.every((id) => /^[0-9]+$/.test(id))) return undefined;
    return `The names may agree, but the token is of another repository or owner than this id: a fork, or "${repository}" was made anew under the same name.`;
  }
  return undefined;
}

function isEquality(operator: string): boolean {
  return /^(?:String|Numeric)(?:Equals|Like)/.test(baseName(operator));
}

function isLike(operator: string): boolean {
  return baseName(operator) === 'StringLike';
}

function fits(pattern: string, text: string): boolean {
  return compileGlob(unitsOf(pattern))(text);
}
