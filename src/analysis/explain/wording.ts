/** Words that every part of an explanation uses. */
import type { PolicyType, Principal } from '../../policy/decision.ts';

const POLICY_NAMES: Readonly<Record<PolicyType, string>> = {
  identity: 'identity-based policy',
  boundary: 'permissions boundary',
  session: 'session policy',
  scp: 'service control policy',
  rcp: 'resource control policy',
  resource: 'resource-based policy',
  trust: 'role trust policy',
};

/** `role trust policy`, … */
export function policyName(type: PolicyType): string {
  return POLICY_NAMES[type];
}

/** The caller's ARN; for those who have none the provider, the service's name, or `anonymous`. */
export function principalName(principal: Principal): string {
  switch (principal.kind) {
    case 'webIdentity':
      return principal.provider;
    case 'service':
      return principal.name;
    case 'anonymous':
      return 'anonymous';
    case 'root':
    case 'user':
    case 'assumedRole':
    case 'federatedUser':
      return principal.arn;
  }
}

/** `the root`, `the account`, `level 1 below the root`: of as many levels of control policies. */
export function levelName(level: number, levels: number): string {
  if (level === 0) return 'the root';
  return level === levels - 1 ? 'the account' : `level ${level} below the root`;
}

/** A value as people can still read it. */
export function shortened(value: string): string {
  return value.length <= MAX_SHOWN ? value : `${value.slice(0, MAX_SHOWN)}… (${value.length} characters)`;
}

/** Longer than every ARN and subject that is not made to be long. */
const MAX_SHOWN = 1_000;

/** Values of a list that are told. */
export const MAX_LISTED = 5;

/** `"a"`, `one of "a", "b"`; a long list is cut. */
export function oneOf(values: readonly string[]): string {
  return values.length === 1 ? listOf(values) : `one of ${listOf(values)}`;
}

/** `none of "a", "b"`; a long list is cut. */
export function noneOf(values: readonly string[]): string {
  return `none of ${listOf(values)}`;
}

/** `"a", "b"`; a long list is cut. */
export function listOf(values: readonly string[]): string {
  const shown = values.slice(0, MAX_LISTED).map((value) => `"${value}"`);
  if (values.length > shown.length) shown.push(`${values.length - shown.length} more`);
  return shown.join(', ');
}

/** The issuer of a web identity's token, without `https://`; undefined for other callers. */
export function issuerOf(principal: Principal): string | undefined {
  if (principal.kind !== 'webIdentity') return undefined;
  const marker = ':oidc-provider/';
  const at = principal.provider.indexOf(marker);
  return at < 0 ? principal.provider : principal.provider.slice(at + marker.length);
}

/** The claim's name in a condition key: what stands after the issuer's colon. */
export function claimOf(key: string): string {
  return key.slice(key.indexOf(':') + 1);
}
