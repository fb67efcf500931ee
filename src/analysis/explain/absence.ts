/** Why a request lacks a condition key. */
import { keysOfIssuer } from '../../idp/condition-keys.ts';
import { profileOf } from '../../idp/profiles.ts';
import type { Principal } from '../../policy/decision.ts';
import { claimOf, issuerOf } from './wording.ts';

/** Claims that a GitHub job has or has not. */
const GITHUB_REASONS: ReadonlyMap<string, string> = new Map([
  ['environment', 'because the job has no environment'],
  ['enterprise_id', "because the repository's owner is in no enterprise"],
]);

/** Global keys that whole kinds of callers lack (reference iam-policy-evaluation 2 and 6.1). */
const PRINCIPAL_REASONS: ReadonlyMap<string, Partial<Record<Principal['kind'], string>>> = new Map([
  [
    'aws:principalarn',
    {
      webIdentity: 'because the caller of AssumeRoleWithWebIdentity has no principal ARN yet',
      anonymous: 'because the request is not signed',
    },
  ],
  [
    'aws:username',
    { assumedRole: 'because a role session has no user name', root: 'because the root user has no user name' },
  ],
  ['aws:tokenissuetime', { user: 'because the call was made with long-term credentials' }],
  ['aws:multifactorauthpresent', { user: 'because the call was made with long-term credentials' }],
]);

/** A clause that starts with `because`. */
export function absenceReason(key: string, principal: Principal): string {
  const issuer = issuerOf(principal);
  if (issuer !== undefined && isProviderKey(key)) return providerKeyReason(key, issuer);
  const reason = PRINCIPAL_REASONS.get(key.toLowerCase())?.[principal.kind];
  if (reason !== undefined) return reason;
  if (isProviderKey(key)) return 'because sessions do not carry this claim of the token';
  return 'because the request does not carry it';
}

/** Whether no request of such a caller can carry the key. */
export function isNeverPresent(key: string, principal: Principal): boolean {
  const issuer = issuerOf(principal);
  if (issuer !== undefined && isProviderKey(key)) return !isConditionKey(key, issuer);
  return PRINCIPAL_REASONS.get(key.toLowerCase())?.[principal.kind] !== undefined;
}

/** Whether the claim is one of those that AWS makes a condition key of, for tokens of this issuer. */
export function isConditionKey(key: string, issuer: string): boolean {
  const prefix = `${issuer}:`.toLowerCase();
  const lower = key.toLowerCase();
  if (!lower.startsWith(prefix)) return false;
  const claim = lower.slice(prefix.length);
  return keysOfIssuer(issuer).some(({ key: name }) => name.length === claim.length && name.toLowerCase() === claim);
}

/** `{issuer}:{claim}`: an issuer has a dot, the prefixes of AWS's services do not. */
function isProviderKey(key: string): boolean {
  return key.slice(0, Math.max(0, key.indexOf(':'))).includes('.');
}

function providerKeyReason(key: string, issuer: string): string {
  const claim = claimOf(key).toLowerCase();
  if (!key.toLowerCase().startsWith(`${issuer}:`.toLowerCase())) {
    return `because the token comes from ${issuer}, and keys carry the name of their issuer`;
  }
  if (!isConditionKey(key, issuer)) return `because AWS makes no condition key of the claim "${claimOf(key)}"`;
  const github = profileOf(issuer).name === 'github' ? GITHUB_REASONS.get(claim) : undefined;
  return github ?? `because the token has no claim "${claimOf(key)}"`;
}
