/**
 * What a trust policy says to a token's claims, without a server: the same keys and the same engine as
 * AssumeRoleWithWebIdentity, minus the signature and the organization. For `sojourn explain` and the demo. What the
 * question has no value for counts as absent, though a live request would have it: {@link unknownKeys} names it.
 */
import { iamArn, type AccountId, type Arn } from '../base/arn.ts';
import type { Tag } from '../base/tags.ts';
import { builtInIssuer } from '../idp/built-in.ts';
import { conditionKeys } from '../idp/condition-keys.ts';
import type { Decision } from '../policy/decision.ts';
import type { CompiledPolicy } from '../policy/compile.ts';
import { evaluate } from '../policy/evaluate.ts';
import type { TokenFailure } from '../tokens/token.ts';
import { contextKeysOf } from './policy-context-keys.ts';
import { traitKeys, type RequestTraits } from './request-context.ts';
import { addTrustKeys, tokenWishes, trustActions } from './trust-context.ts';

/** A trust policy and the claims that knock at it. */
export interface TrustQuestion {
  readonly policy: CompiledPolicy;
  /** Where the policy was read, for the explanation: a file name or a role's ARN. */
  readonly source: string;
  readonly claims: Readonly<Record<string, unknown>>;
  /** Issuer without `https://`. */
  readonly issuer: string;
  readonly account: AccountId;
  readonly roleArn: Arn;
  readonly roleSessionName: string;
  /** The request that is thought of. */
  readonly request: RequestTraits;
  /** Undefined when the policy stands alone, and no role is known that has tags. */
  readonly roleTags: readonly Tag[] | undefined;
}

/** A decision, or the refusal of the claims that comes before any policy is asked. */
export type TrustAnswer = { readonly kind: 'decided'; readonly decision: Decision } | TokenFailure;

/**
 * The decision that counts: on `sts:AssumeRoleWithWebIdentity`, or when that is allowed and the token
 * carries tags or a source identity, the first of their actions that is denied.
 */
export function askTrustPolicy(question: TrustQuestion): TrustAnswer {
  const { account, issuer, claims, roleArn, roleSessionName, roleTags = [] } = question;
  const wishes = tokenWishes(claims, roleArn, undefined);
  if (wishes.kind === 'failure') return wishes;
  const provider = providerOf(question);
  const context = traitKeys(question.request);
  const keys = conditionKeys(issuer, claims);
  addTrustKeys({ provider, keys, wishes, account, roleTags, roleSessionName }, context);
  const decisions = trustActions(wishes).map((action) =>
    evaluate(
      {
        principal: { kind: 'webIdentity', account, provider },
        action,
        resource: roleArn,
        resourceAccount: account,
        context,
      },
      { identity: [], resource: { type: 'trust', source: question.source, policy: question.policy } },
    ),
  );
  const [first, ...others] = decisions;
  if (first === undefined) throw new Error('a trust policy is always asked for one action at least');
  const denied = [first, ...others].find(({ outcome }) => outcome !== 'allow');
  return { kind: 'decided', decision: denied ?? first };
}

/**
 * Of a provider that AWS has built in the bare name, as the trust policy spells it; unless the policy
 * means a provider that was registered for the same issuer, which then comes first.
 */
function providerOf({ policy, issuer, account, claims }: TrustQuestion): string {
  const registered = iamArn(account, `oidc-provider/${issuer}`);
  const builtIn = typeof claims['iss'] === 'string' ? builtInIssuer(claims['iss']) : undefined;
  if (builtIn === undefined) return registered;
  const named = policy.policy.statements
    .flatMap(({ principal }) => principal?.entries ?? [])
    .some(({ type, values }) => type === 'Federated' && values.some(({ text }) => text === registered));
  return named ? registered : builtIn.domain;
}

/** A condition key, as the policy spells it, and what would have to be known for its value. */
export interface UnknownKey {
  readonly key: string;
  readonly of: 'address' | 'region' | 'userAgent' | 'roleTags' | 'organization';
}

/** Keys that a live request has (reference iam-policy-evaluation 6.1) and a question may lack. */
const MAY_BE_UNKNOWN: readonly (readonly [string, UnknownKey['of']])[] = [
  ['aws:sourceip', 'address'],
  ['aws:requestedregion', 'region'],
  ['aws:useragent', 'userAgent'],
  ['aws:resourcetag/', 'roleTags'],
  ['iam:resourcetag/', 'roleTags'],
  ['aws:resourceorgid', 'organization'],
  ['aws:resourceorgpaths', 'organization'],
];

/** The keys that the policy's text looks at and the question has no value for: the answer may differ from a live one. */
export function unknownKeys(text: string, { request, roleTags }: TrustQuestion): readonly UnknownKey[] {
  const known = traitKeys(request);
  const found = new Map<string, UnknownKey>();
  for (const key of contextKeysOf(text) ?? []) {
    const lower = key.toLowerCase();
    const of = MAY_BE_UNKNOWN.find(([name]) => (name.endsWith('/') ? lower.startsWith(name) : lower === name))?.[1];
    if (of === undefined || known.has(lower) || (of === 'roleTags' && roleTags !== undefined)) continue;
    if (!found.has(lower)) found.set(lower, { key, of });
  }
  return [...found.values()];
}
