/**
 * What an organization has to say about one call: service control policies of the caller's account,
 * resource control policies of the resource's, and the condition keys of both (reference
 * iam-policy-evaluation 7, 9 and 10).
 */
import type { AttachedPolicy, PolicySet } from '../policy/decision.ts';
import type { ContextValue } from '../policy/context.ts';
import type { PolicyCache } from '../policy/policy-cache.ts';
import { membershipOf, type Membership, type PolicyLevels } from './organization-membership.ts';
import type { Sojourn } from './sojourn.ts';

/** The organization's part of a decision. */
export interface OrganizationSide {
  readonly policies: Pick<PolicySet, 'scp' | 'rcp'>;
  /** Lower-cased condition key → value. */
  readonly keys: readonly (readonly [string, ContextValue])[];
}

/** Neither account is in an organization. */
const NONE: OrganizationSide = { policies: {}, keys: [] };

/**
 * @param principalAccount undefined for callers that no account stands behind: anonymous ones and the
 *   web identities of STS, which service control policies do not bind
 * @param resourceAccount undefined for actions without a resource
 */
export async function organizationSide(
  principalAccount: string | undefined,
  resourceAccount: string | undefined,
  sojourn: Pick<Sojourn, 'state' | 'policies'>,
): Promise<OrganizationSide> {
  const principal = principalAccount === undefined ? undefined : await membershipOf(principalAccount, sojourn);
  const resource =
    resourceAccount === principalAccount || resourceAccount === undefined
      ? undefined
      : await membershipOf(resourceAccount, sojourn);
  const owner = resourceAccount === principalAccount ? principal : resource;
  if (principal === undefined && owner === undefined) return NONE;
  return {
    policies: {
      scp: principal && bound('scp', principal.scp, principal, sojourn.policies),
      rcp: owner && bound('rcp', owner.rcp, owner, sojourn.policies),
    },
    keys: [...membershipKeys('principal', principal), ...membershipKeys('resource', owner)],
  };
}

/** Sets the organization's condition keys beside the others. */
export function addOrganizationKeys(side: OrganizationSide, context: Map<string, ContextValue>): void {
  for (const [key, value] of side.keys) context.set(key, value);
}

function membershipKeys(
  of: 'principal' | 'resource',
  membership: Membership | undefined,
): readonly (readonly [string, ContextValue])[] {
  if (membership === undefined) return [];
  return [
    [`aws:${of}orgid`, membership.organizationId],
    [`aws:${of}orgpaths`, [membership.path]],
  ];
}

/** A closed account may nothing and gives nothing: as if it had a control policy of its own that denies everything. */
function bound(
  type: 'scp' | 'rcp',
  levels: PolicyLevels | undefined,
  membership: Membership,
  policies: PolicyCache,
): PolicyLevels | undefined {
  if (membership.active) return levels;
  const closed: AttachedPolicy = { type, source: 'closed-account', policy: policies.get(DENY_EVERYTHING) };
  return [...(levels ?? []), [closed]];
}

const DENY_EVERYTHING = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Sid: 'AccountIsClosed', Effect: 'Deny', Action: '*', Resource: '*' }],
});
