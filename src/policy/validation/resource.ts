/**
 * Bucket policies: PutBucketPolicy. The sentences are S3's as clients report them; the order is that of the
 * document (reference aws-federation 8.5, emulators' texts, and public issue reports).
 */
import { isArn, parseArn } from '../../base/arn.ts';
import type { ParseResult } from '../parse.ts';
import type { Problem } from '../problem.ts';
import type { PrincipalElement, Statement } from '../tree.ts';
import { actionFault } from './actions.ts';
import { conditionValuesAreStorable, conditionValuesCanBeSimulated } from './condition-values.ts';

const SYNTAX = 'Invalid policy syntax.';
const INVALID_PRINCIPAL = 'Invalid principal in policy';
const INVALID_RESOURCE = 'Policy has invalid resource';

/** S3's sentence, or undefined when the document may be stored. */
export function resourceFault(parsed: ParseResult, use: 'resource' | 'simulatedResource'): string | undefined {
  if (parsed.kind === 'malformed') return problemFault(parsed.problems[0]);
  const { statements } = parsed.policy;
  for (const statement of statements) {
    const fault = statementFault(statement, use);
    if (fault !== undefined) return fault;
  }
  const acceptable = use === 'resource' ? conditionValuesAreStorable : conditionValuesCanBeSimulated;
  return acceptable(parsed.policy) ? undefined : SYNTAX;
}

function problemFault(problem: Problem | undefined): string {
  switch (problem?.code) {
    case 'json':
    case 'tooLong':
    case 'tooDeep':
    case 'notAnObject':
      return "Policies must be valid JSON and the first byte must be '{'";
    case 'badVersion':
      return 'The policy must contain a valid version string';
    case 'missingStatement':
      return 'Missing required field Statement';
    case 'emptyStatement':
      return 'Could not parse the policy: Statement is empty!';
    case 'missingEffect':
      return 'Missing required field Effect';
    case 'badEffect':
      return `Invalid effect: ${problem.subject ?? ''}`;
    case 'missingAction':
      return 'Missing required field Action';
    case 'badPrincipal':
    case 'unknownPrincipalType':
      return INVALID_PRINCIPAL;
    case 'unknownElement':
      return `Unknown field ${problem.subject ?? ''}`;
    default:
      return SYNTAX;
  }
}

function statementFault(
  { principal, action, resource, effect }: Statement,
  use: 'resource' | 'simulatedResource',
): string | undefined {
  if (principal === undefined) return 'Missing required field Principal';
  if (principal.negated && effect === 'Allow') return 'Allow with NotPrincipal is not allowed.';
  if (!isPrincipal(principal)) return INVALID_PRINCIPAL;
  if (action.items.length === 0 || action.items.some(({ text }) => actionFault(text) !== undefined)) {
    return 'Policy has invalid action';
  }
  if (resource === undefined) return 'Missing required field Resource';
  // The simulator is asked about resources of every service.
  const isResource = use === 'resource' ? isS3Resource : (text: string) => text === '*' || isArn(text);
  const fits = resource.items.length > 0 && resource.items.every(({ text }) => isResource(text));
  return fits ? undefined : INVALID_RESOURCE;
}

const ACCOUNT = /^[0-9]{12}$/;
const CANONICAL_USER = /^[0-9a-f]{64}$/;
const DOMAIN = /^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/;

/** OIDC providers cannot be named here: "not supported in policy types other than role trust policies" (User Guide). */
function isPrincipal({ everyone, entries }: PrincipalElement): boolean {
  if (everyone) return true;
  return (
    entries.some(({ values }) => values.length > 0) &&
    entries.every(({ type, values }) =>
      values.every(({ text }) => {
        if (type === 'AWS') return text === '*' || ACCOUNT.test(text) || isIdentityArn(text);
        if (type === 'Service') return DOMAIN.test(text);
        return type === 'CanonicalUser' && CANONICAL_USER.test(text);
      }),
    )
  );
}

function isIdentityArn(text: string): boolean {
  const arn = parseArn(text);
  if (arn === undefined || !ACCOUNT.test(arn.account) || arn.resource === '') return false;
  return (arn.service === 'iam' || arn.service === 'sts') && !text.includes('*') && !text.includes('?');
}

/** A short ARN needs a wildcard in resource-based policies (reference iam-policy-evaluation 3). */
function isS3Resource(text: string): boolean {
  if (text === '*') return true;
  const parts = text.split(':');
  if (parts[0] !== 'arn') return false;
  return parts.length >= 6 ? parts[2] === 's3' || parts[2] === '*' : text.includes('*') || text.includes('?');
}
