/** What a verified web identity brings before a role's trust policy: its wishes for the session, and its context. */
import type { AccountId } from '../base/arn.ts';
import type { Tag } from '../base/tags.ts';
import type { ConditionKeys } from '../idp/condition-keys.ts';
import type { ContextValue } from '../policy/context.ts';
import type { ClaimToTag } from '../tokens/claims-to-tags.ts';
import { rolesClaim } from '../tokens/roles-claim.ts';
import { sessionTags, type TokenTags } from '../tokens/session-tags.ts';
import { sourceIdentityClaim } from '../tokens/source-identity.ts';
import type { TokenFailure } from '../tokens/token.ts';
import { tagKeys } from './request-context.ts';

/** What the token asks of the session, beyond who it is. */
export interface TokenWishes extends TokenTags {
  readonly sourceIdentity: string | undefined;
  /** The identity provider's own list of roles names this one. */
  readonly authorizedByIdp: boolean;
}

/**
 * Reads them from the claims, the roles claim first: it is STS's own check, after the signature and
 * before the trust policy.
 *
 * @param rows claims that the operator makes into tags besides
 */
export function tokenWishes(
  claims: Readonly<Record<string, unknown>>,
  roleArn: string,
  rows: readonly ClaimToTag[] | undefined,
): (TokenWishes & { readonly kind: 'wishes' }) | TokenFailure {
  const roles = rolesClaim(claims, roleArn);
  if (roles.kind === 'failure') return roles;
  const tags = sessionTags(claims, rows);
  if ('kind' in tags) return tags;
  const sourceIdentity = sourceIdentityClaim(claims);
  if (typeof sourceIdentity === 'object') return sourceIdentity;
  return { kind: 'wishes', ...tags, sourceIdentity, authorizedByIdp: roles.kind === 'named' };
}

/** The actions that the trust policy must all allow, in the order in which STS asks. */
export function trustActions(wishes: TokenWishes): readonly string[] {
  return [
    'sts:AssumeRoleWithWebIdentity',
    ...(wishes.tags.length > 0 ? ['sts:TagSession'] : []),
    ...(wishes.sourceIdentity === undefined ? [] : ['sts:SetSourceIdentity']),
  ];
}

/** Whose trust is asked for whom. */
export interface TrustFacts {
  /** The provider's ARN, or the bare name of a built-in one. */
  readonly provider: string;
  readonly keys: ConditionKeys;
  readonly wishes: TokenWishes;
  /** Of the role, and so of the provider: one is looked up in the role's account only. */
  readonly account: AccountId;
  readonly roleTags: readonly Tag[];
  readonly roleSessionName: string;
}

/**
 * Adds to `context` what the trust policy and RCPs see of the identity and the role (reference
 * aws-federation 4.2). `aws:PrincipalArn` is absent.
 */
export function addTrustKeys(facts: TrustFacts, context: Map<string, ContextValue>): void {
  const { provider, keys, wishes, account, roleTags } = facts;
  for (const [key, value] of keys.contextEntries) context.set(key, value);
  context.set('aws:principalaccount', account);
  context.set('aws:principaltype', 'User');
  context.set('aws:userid', provider);
  context.set('aws:federatedprovider', provider);
  context.set('aws:resourceaccount', account);
  context.set('sts:rolesessionname', facts.roleSessionName);
  context.set('sts:roleauthorizedbyidp', String(wishes.authorizedByIdp));
  if (wishes.sourceIdentity !== undefined) context.set('sts:sourceidentity', wishes.sourceIdentity);
  if (wishes.transitiveTagKeys.length > 0) context.set('sts:transitivetagkeys', wishes.transitiveTagKeys);
  if (wishes.tags.length > 0) {
    tagKeys('aws:RequestTag', wishes.tags, context);
    const names = wishes.tags.map((tag) => tag.Key);
    context.set('aws:tagkeys', names);
  }
  tagKeys('aws:ResourceTag', roleTags, context);
  tagKeys('iam:ResourceTag', roleTags, context);
}
