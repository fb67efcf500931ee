/**
 * AssumeRoleWithWebIdentity, the main job, as one story: read and verify the token, ask the role's
 * trust policy, check what the session may be, make its credentials.
 */
import { stsArn, type Arn } from '../base/arn.ts';
import { conditionKeys, type ConditionKeys } from '../idp/condition-keys.ts';
import type { ContextValue } from '../policy/context.ts';
import { evaluate } from '../policy/evaluate.ts';
import type { Role } from '../storage/state/iam-records.ts';
import { issueSession, type IssuedCredentials } from './issue-session.ts';
import { addOrganizationKeys, organizationSide, type OrganizationSide } from './organization-side.ts';
import { requestKeys } from './request-context.ts';
import type { RequestFacts } from './request-facts.ts';
import { assumedRoleResource, findRole, parseRoleArn } from './role-arn.ts';
import { checkSessionPolicies, packedPolicySize, sessionDuration } from './session-limits.ts';
import { notAuthorized, stsError } from './sts-errors.ts';
import { addTrustKeys, tokenWishes, trustActions, type TokenWishes } from './trust-context.ts';
import { orThrow, verifyWebIdentity, type WebIdentity } from './web-identity.ts';

const ACTION = 'sts:AssumeRoleWithWebIdentity';

/** What the job asks for; lists are empty when nothing was sent. */
export interface WebIdentityRequest {
  readonly roleArn: string;
  readonly roleSessionName: string;
  readonly webIdentityToken: string;
  readonly providerId: string | undefined;
  readonly policy: string | undefined;
  readonly policyArns: readonly string[];
  /** Seconds. */
  readonly durationSeconds: number | undefined;
}

/** The session that was made, with what the answer says of the token. */
export interface WebIdentitySession {
  readonly credentials: IssuedCredentials;
  readonly subject: string;
  readonly assumedRoleId: string;
  readonly arn: Arn;
  readonly packedPolicySize: number;
  readonly provider: string;
  readonly audience: string;
  readonly sourceIdentity: string | undefined;
}

/**
 * @throws ServiceError as the table of reference aws-federation 1.7 has them; every refusal by policy,
 *   and a role that does not exist, is the same AccessDenied
 */
export async function assumeRoleWithWebIdentity(
  request: WebIdentityRequest,
  facts: RequestFacts,
): Promise<WebIdentitySession> {
  const { sojourn, now, notes } = facts;
  refuseOAuthProviders(request.providerId);
  const wanted = parseRoleArn(request.roleArn);
  if (wanted === undefined) throw stsError('ValidationError', 'Request ARN is invalid');
  notes.resources.push({ accountId: wanted.account, type: 'AWS::IAM::Role', ARN: wanted.arn });

  const identity = await verifyWebIdentity(request.webIdentityToken, wanted.account, now, sojourn, (claimed) => {
    notes.userIdentity = { type: 'WebIdentityUser', userName: claimed.subject, identityProvider: claimed.issuer };
  });
  noteIdentity(identity, facts);
  const wishes = readWishes(identity, request.roleArn, facts);

  const role = await findRole(wanted, sojourn.state);
  if (role === undefined) throw notAuthorized(ACTION, `there is no role ${wanted.arn}`);
  const keys = conditionKeys(identity.issuer, identity.token.claims);
  const context = requestKeys(facts);
  const { provider } = identity;
  const { roleSessionName } = request;
  addTrustKeys({ provider, keys, wishes, account: role.account, roleTags: role.tags, roleSessionName }, context);
  // No account stands behind a web identity: of the organization's policies only those of the role's account bind it.
  const organization = await organizationSide(undefined, role.account, sojourn);
  addOrganizationKeys(organization, context);
  for (const action of trustActions(wishes)) requireTrust(action, identity, role, context, organization, facts);

  const duration = sessionDuration(request.durationSeconds, role, false);
  await checkSessionPolicies(request, role.account, sojourn);
  const packed = packedPolicySize(request, wishes.tags, identity.token.subject);
  // The last refusal that there can be: a token that got nothing has not been used.
  orThrow(sojourn.usedTokens?.use(identity.issuer, identity.token, now));
  return {
    credentials: issueSession(newSession(request, identity, wishes, keys, role), now, duration, sojourn),
    subject: identity.token.subject,
    assumedRoleId: `${role.id}:${request.roleSessionName}`,
    arn: stsArn(role.account, assumedRoleResource(role.name, request.roleSessionName)),
    packedPolicySize: packed,
    provider: identity.provider,
    audience: identity.token.audience,
    sourceIdentity: wishes.sourceIdentity,
  };
}

/** `ProviderId` names the OAuth providers, whose tokens are no JWTs: Sojourn verifies only OpenID Connect. */
function refuseOAuthProviders(providerId: string | undefined): void {
  if (providerId === undefined) return;
  if (providerId === 'www.amazon.com') {
    throw stsError('InvalidIdentityToken', 'Provided Token is not a Login With Amazon token');
  }
  if (providerId === 'graph.facebook.com') {
    throw stsError(
      'IDPRejectedClaim',
      'graph.facebook.com rejected OAuth token with response "Bad signature" and code 190',
    );
  }
  throw stsError(
    'AccessDenied',
    'Unrecognized OAuth provider. Do not include a provider parameter when submitting OpenIDConnect ID tokens',
  );
}

function noteIdentity(identity: WebIdentity, { notes }: RequestFacts): void {
  const { provider, token } = identity;
  notes.userIdentity = {
    type: 'WebIdentityUser',
    principalId: `${provider}:${token.audience}:${token.subject}`,
    userName: token.subject,
    identityProvider: provider,
  };
  notes.additionalEventData['identityProviderConnectionVerificationMethod'] = identity.verification;
}

function readWishes(identity: WebIdentity, roleArn: string, { notes, sojourn }: RequestFacts): TokenWishes {
  const wishes = orThrow(tokenWishes(identity.token.claims, roleArn, sojourn.claimsToTags?.get(identity.issuer)));
  const { authorizedByIdp, tags, transitiveTagKeys, sourceIdentity } = wishes;
  if (authorizedByIdp) notes.additionalEventData['RoleAuthorizedByIdp'] = true;
  if (sourceIdentity !== undefined) notes.requestParameters['sourceIdentity'] = sourceIdentity;
  if (tags.length > 0) {
    notes.requestParameters['principalTags'] = Object.fromEntries(tags.map((tag) => [tag.Key, tag.Value]));
    notes.requestParameters['transitiveTagKeys'] = transitiveTagKeys;
  }
  return wishes;
}

function requireTrust(
  action: string,
  identity: WebIdentity,
  role: Role,
  context: ReadonlyMap<string, ContextValue>,
  organization: OrganizationSide,
  facts: RequestFacts,
): void {
  const decision = evaluate(
    {
      // A provider is looked up in the role's account only: it is always of that account.
      principal: { kind: 'webIdentity', account: role.account, provider: identity.provider },
      action,
      resource: role.arn,
      resourceAccount: role.account,
      context,
    },
    {
      ...organization.policies,
      identity: [],
      resource: {
        type: 'trust',
        source: `trust:role/${role.name}`,
        policy: facts.sojourn.policies.get(role.trustPolicy),
      },
    },
  );
  facts.notes.decisions.push(decision);
  if (decision.outcome === 'allow') return;
  const by = decision.decidedBy === 'rcp' ? 'a resource control policy' : 'the trust policy';
  throw notAuthorized(action, `${by} of ${role.arn} does not allow it`);
}

function newSession(
  request: WebIdentityRequest,
  identity: WebIdentity,
  wishes: TokenWishes,
  keys: ConditionKeys,
  role: Role,
): Parameters<typeof issueSession>[0] {
  return {
    kind: 'role',
    account: role.account,
    roleId: role.id,
    roleName: role.name,
    sessionName: request.roleSessionName,
    policy: request.policy,
    policyArns: request.policyArns.length > 0 ? request.policyArns : undefined,
    tags: wishes.tags.length > 0 ? Object.fromEntries(wishes.tags.map((tag) => [tag.Key, tag.Value])) : undefined,
    transitiveTagKeys: wishes.transitiveTagKeys.length > 0 ? wishes.transitiveTagKeys : undefined,
    sourceIdentity: wishes.sourceIdentity,
    federatedProvider: identity.provider,
    carried: keys.carried,
  };
}
