/**
 * Is a bucket policy public? As S3 Block Public Access means it (S3 User Guide, "The meaning of
 * public"): it grants to everyone, and no condition pins the caller to a fixed value.
 */
import type { Condition, Policy, PrincipalElement, Statement } from '../policy/tree.ts';

/** Whether some statement allows anybody. A Deny elsewhere does not make the policy less public. */
export function isPublicBucketPolicy(policy: Policy): boolean {
  return policy.statements.some(isPublicGrant);
}

function isPublicGrant({ effect, principal, conditions }: Statement): boolean {
  return effect === 'Allow' && isEveryone(principal) && !conditions.some(pinsCaller);
}

/** Every service may act for anybody, so a service principal alone is public only when it is a wildcard. */
function isEveryone(principal: PrincipalElement | undefined): boolean {
  if (principal === undefined || principal.negated || principal.everyone) return true;
  return principal.entries.some(({ values }) => values.some(({ text }) => text === '*'));
}

/** Keys that say who calls, or from which network, in AWS's list and in ours. */
const PINNING_KEYS: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceip',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
]);

/** Operators that hold for the values named and no other; `…IfExists` also holds without any, so it pins nothing. */
const PINNING_OPERATORS: ReadonlySet<string> = new Set([
  'arnequals',
  'arnlike',
  'ipaddress',
  'stringequals',
  'stringequalsignorecase',
  'stringlike',
]);

function pinsCaller({ operator, key, values }: Condition): boolean {
  const name = operator.text.toLowerCase().replace(/^foranyvalue:/, '');
  if (!PINNING_OPERATORS.has(name) || !PINNING_KEYS.has(key.text.toLowerCase())) return false;
  return values.every(({ text }) => (name === 'ipaddress' ? isNarrow(text) : isFixed(text)));
}

/** No wildcard, no policy variable, and not the account and id that everybody has who does not sign. */
function isFixed(value: string): boolean {
  return !/[*?]|\$\{/.test(value) && value.toLowerCase() !== 'anonymous';
}

/** AWS calls ranges wider than /8 of IPv4 and /32 of IPv6 public. */
function isNarrow(cidr: string): boolean {
  const [address = '', length] = cidr.split('/');
  const bits = length === undefined ? Number.POSITIVE_INFINITY : Number(length);
  return bits >= (address.includes(':') ? 32 : 8);
}
