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

/** `"a"`, `one of "a", "b"`; a long list is cut. */
export function oneOf(values: readonly string[]): string {
  const shown = values.slice(0, 5).map((value) => `"${value}"`);
  if (values.length > shown.length) shown.push(`${values.length - shown.length} more`);
  return values.length === 1 ? (shown[0] ?? '') : `one of ${shown.join(', ')}`;
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
