/** Role trust policies: CreateRole and UpdateAssumeRolePolicy (reference aws-federation 8.5 and 12.7). */
import { parseArn } from '../../base/arn.ts';
import { compileGlob, unitsOf } from '../glob.ts';
import type { ParseResult } from '../parse.ts';
import type { Problem } from '../problem.ts';
import type { PolicyDraft, StatementDraft } from '../tree.ts';
import { conditionValuesAreStorable } from './condition-values.ts';
import { sidsAreAlphanumeric, sidsAreUnique } from './sids.ts';

/** Actions that a trust policy may name. Their case matters at write time (recorded, aws-federation 12.7). */
export const TRUST_ACTIONS: readonly string[] = [
  'sts:AssumeRole',
  'sts:AssumeRoleWithSAML',
  'sts:AssumeRoleWithWebIdentity',
  'sts:TagSession',
  'sts:SetSourceIdentity',
  'sts:SetContext',
];

const SYNTAX = 'Syntax error in policy.';

/** AWS's sentence, or undefined when the document may be stored. */
export function trustFault(parsed: ParseResult): string | undefined {
  const policy = parsed.kind === 'policy' ? parsed.policy : actionlessDraft(parsed);
  if (policy === undefined) return problemFault(parsed.kind === 'malformed' ? parsed.problems[0] : undefined);
  if (!sidsAreAlphanumeric(policy)) return SYNTAX;
  if (!sidsAreUnique(policy)) return 'The Statement Ids in the policy are not unique';
  return elementFault(policy) ?? (conditionValuesAreStorable(policy) ? undefined : SYNTAX);
}

/** A statement without Action is looked at where one with an empty list is. */
function actionlessDraft({ problems, draft }: Extract<ParseResult, { kind: 'malformed' }>): PolicyDraft | undefined {
  return problems.every(({ code }) => code === 'missingAction') ? draft : undefined;
}

function problemFault(problem: Problem | undefined): string {
  switch (problem?.code) {
    case 'json':
    case 'tooLong':
    case 'tooDeep':
    case 'notAnObject':
      return 'This policy contains invalid Json';
    case 'badVersion':
      return 'The policy must contain a valid version string';
    case 'missingStatement':
    case 'emptyStatement':
      return 'Could not parse the policy: Statement is empty!';
    case 'missingEffect':
      return 'Missing required field Effect';
    case 'badEffect':
      return `Invalid effect: ${problem.subject ?? ''}`;
    case 'missingAction':
      return 'Missing required field Action';
    case 'badPrincipal':
      return 'Principal must be a JSON object.';
    case 'unknownElement':
      return `Unknown field ${problem.subject ?? ''}`;
    default:
      return SYNTAX;
  }
}

function elementFault({ statements }: PolicyDraft): string | undefined {
  for (const { principal, action, resource } of statements) {
    if (principal === undefined) return 'Missing required field Principal';
    if (principal.negated) return 'AssumeRole policy must not contain NotPrincipal field.';
    if (!principal.everyone && principal.entries.every(({ values }) => values.length === 0)) {
      return 'Missing required field Principal cannot be empty!';
    }
    if (action === undefined || action.negated || action.items.length === 0) return 'Missing required field Action';
    if (resource !== undefined) return 'Has prohibited field Resource';
  }
  return statements.map(principalFault).find(Boolean) ?? statements.map(actionFault).find(Boolean);
}

function principalFault({ principal }: StatementDraft): string | undefined {
  for (const { type, values } of principal?.entries ?? []) {
    for (const { text } of values) {
      if (type === 'Federated' && !isFederated(text)) {
        return 'Federated principals must be valid domain names or SAML metadata ARNs';
      }
      if (type === 'AWS' && !isAwsPrincipal(text)) return `Invalid principal in policy: "AWS":"${text}"`;
      if (type === 'Service' && !DOMAIN.test(text)) return `Invalid principal in policy: "SERVICE":"${text}"`;
      if (type === 'CanonicalUser') return `Invalid principal in policy: "CANONICALUSER":"${text}"`;
    }
  }
  return undefined;
}

const DOMAIN = /^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/;
const PROVIDER = /^(?:oidc-provider|saml-provider)\/[^\s*?]+$/;
const ACCOUNT = /^[0-9]{12}$/;
const IDENTITY = /^(?:root$|user\/|role\/)|^(?:assumed-role\/|federated-user\/)/;
const UNIQUE_ID = /^A(?:ID|RO)A[A-Z2-7]{12,28}$/;

/** A domain name, or the ARN of an OIDC or SAML provider; whether the provider exists does not matter (recorded). */
function isFederated(text: string): boolean {
  const arn = parseArn(text);
  if (arn === undefined) return DOMAIN.test(text);
  return arn.service === 'iam' && ACCOUNT.test(arn.account) && PROVIDER.test(arn.resource);
}

/** One of the forms of reference iam-policy-evaluation 2; no partial wildcards. */
function isAwsPrincipal(text: string): boolean {
  if (text === '*' || ACCOUNT.test(text) || UNIQUE_ID.test(text)) return true;
  const arn = parseArn(text);
  if (arn === undefined || !ACCOUNT.test(arn.account) || !IDENTITY.test(arn.resource)) return false;
  return (arn.service === 'iam' || arn.service === 'sts') && !text.includes('*') && !text.includes('?');
}

/** `sts:*` is refused although it holds the six (recorded); `sts:AssumeRole*` reads as a list of three. */
function actionFault({ action }: StatementDraft): string | undefined {
  const fits = (action?.items ?? []).every(({ text }) => {
    if (TRUST_ACTIONS.includes(text)) return true;
    const matches = compileGlob(unitsOf(text));
    return text.startsWith('sts:AssumeRole') && TRUST_ACTIONS.some((name) => matches(name));
  });
  return fits ? undefined : 'AssumeRole policy may only specify STS AssumeRole actions.';
}
