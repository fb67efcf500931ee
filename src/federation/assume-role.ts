/** AssumeRole: a principal with credentials takes on a role; also role chaining (reference aws-federation 1.8, 6). */
import { stsArn, type AccountId, type Arn } from '../base/arn.ts';
import type { Tag } from '../base/tags.ts';
import { compilePolicy } from '../policy/compile.ts';
import { requestContext, type ContextValue } from '../policy/context.ts';
import type { AttachedPolicy, Decision } from '../policy/decision.ts';
import { denialReason, isFromWithin } from '../policy/denial.ts';
import { evaluate } from '../policy/evaluate.ts';
import type { Role } from '../storage/state/iam-records.ts';
import { principalOf } from './authorize.ts';
import type { SignedCaller } from './caller.ts';
import { issueSession, type IssuedCredentials } from './issue-session.ts';
import { addOrganizationKeys, organizationSide } from './organization-side.ts';
import { policiesOf } from './policies-of.ts';
import { callContext, tagKeys } from './request-context.ts';
import type { RequestFacts } from './request-facts.ts';
import { assumedRoleResource, findRole, parseRoleArn, type RoleArn } from './role-arn.ts';
import { checkSessionPolicies, checkSessionTags, packedPolicySize, sessionDuration } from './session-limits.ts';
import type { Sojourn } from './sojourn.ts';
import { stsError } from './sts-errors.ts';

/** What the caller asks for; lists are empty when nothing was sent. */
export interface AssumeRoleRequest {
  readonly roleArn: string;
  readonly roleSessionName: string;
  readonly policy: string | undefined;
  readonly policyArns: readonly string[];
  /** Seconds. */
  readonly durationSeconds: number | undefined;
  readonly tags: readonly Tag[];
  readonly transitiveTagKeys: readonly string[];
  readonly externalId: string | undefined;
  readonly sourceIdentity: string | undefined;
}

/** The session that was made. */
export interface AssumedRole {
  readonly credentials: IssuedCredentials;
  readonly assumedRoleId: string;
  readonly arn: Arn;
  readonly packedPolicySize: number | undefined;
  readonly sourceIdentity: string | undefined;
}

/**
 * @throws ServiceError AccessDenied (also when there is no such role), ValidationError,
 *   InvalidParameterValue, MalformedPolicyDocument or PackedPolicyTooLarge
 */
export async function assumeRole(request: AssumeRoleRequest, facts: RequestFacts<SignedCaller>): Promise<AssumedRole> {
  const { caller, sojourn } = facts;
  const wanted = parseRoleArn(request.roleArn);
  if (wanted === undefined) {
    // Whatever was sent in its place is not kept.
    throw stsError('ValidationError', `${request.roleArn} is invalid`, { logged: 'The role ARN is invalid' });
  }
  if (caller.kind === 'root') throw stsError('AccessDenied', 'Roles may not be assumed by root accounts.');
  checkSessionTags(request.tags, request.transitiveTagKeys);
  const inherited = inheritedTags(caller);
  refuseConflicts(request, inherited);
  const sourceIdentity = inheritedSourceIdentity(request, caller);

  const role = await findRole(wanted, sojourn.state);
  const tags = [...inherited, ...request.tags];
  const transitive = [...inherited.map((tag) => tag.Key), ...request.transitiveTagKeys];
  const context = assumeContext(request, sourceIdentity, tags, transitive, role?.tags ?? []);
  if (role === undefined) {
    await requireTrust('sts:AssumeRole', absentRole(wanted), facts, context);
    throw denied('sts:AssumeRole', request.roleArn, caller, 'there is no such role');
  }
  facts.notes.resources.push({ accountId: role.account, type: 'AWS::IAM::Role', ARN: role.arn });
  const trust = trustOf(role, sojourn);
  await requireTrust('sts:AssumeRole', trust, facts, context);
  if (tags.length > 0) await requireTrust('sts:TagSession', trust, facts, context);
  if (sourceIdentity !== undefined) await requireTrust('sts:SetSourceIdentity', trust, facts, context);

  const duration = sessionDuration(request.durationSeconds, role, caller.kind === 'role');
  await checkSessionPolicies(request, role.account, sojourn);
  const packed = packedPolicySize(request, tags, undefined);
  const credentials = issueSession(
    {
      kind: 'role',
      account: role.account,
      roleId: role.id,
      roleName: role.name,
      sessionName: request.roleSessionName,
      policy: request.policy,
      policyArns: request.policyArns.length > 0 ? request.policyArns : undefined,
      tags: tags.length > 0 ? Object.fromEntries(tags.map((tag) => [tag.Key, tag.Value])) : undefined,
      transitiveTagKeys: transitive.length > 0 ? transitive : undefined,
      sourceIdentity,
      ...(caller.kind === 'role' && { chained: true as const }),
    },
    facts.now,
    duration,
    sojourn,
  );
  return {
    credentials,
    assumedRoleId: `${role.id}:${request.roleSessionName}`,
    arn: stsArn(role.account, assumedRoleResource(role.name, request.roleSessionName)),
    // Absent, not 0, when neither policy nor tags were passed (aws-federation 1.6).
    packedPolicySize: packed === 0 ? undefined : packed,
    sourceIdentity,
  };
}

/** Transitive tags of the calling session go on to the next one. */
function inheritedTags(caller: SignedCaller): readonly Tag[] {
  if (caller.kind !== 'role') return [];
  const transitive = new Set((caller.session.transitiveTagKeys ?? []).map((key) => key.toLowerCase()));
  return Object.entries(caller.session.tags ?? {})
    .filter(([key]) => transitive.has(key.toLowerCase()))
    .map(([Key, Value]) => ({ Key, Value }));
}

function refuseConflicts(request: AssumeRoleRequest, inherited: readonly Tag[]): void {
  const kept = new Set(inherited.map((tag) => tag.Key.toLowerCase()));
  if (request.tags.some((tag) => kept.has(tag.Key.toLowerCase()))) {
    throw stsError(
      'InvalidParameterValue',
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  }
}

/** A source identity is set once and stays through the chain. */
function inheritedSourceIdentity(request: AssumeRoleRequest, caller: SignedCaller): string | undefined {
  const present = caller.session?.sourceIdentity;
  if (present !== undefined && request.sourceIdentity !== undefined && request.sourceIdentity !== present) {
    throw stsError('ValidationError', 'The source identity is already set for this assume role session');
  }
  return present ?? request.sourceIdentity;
}

function assumeContext(
  request: AssumeRoleRequest,
  sourceIdentity: string | undefined,
  tags: readonly Tag[],
  transitive: readonly string[],
  roleTags: readonly Tag[],
): ReadonlyMap<string, ContextValue> {
  const context = requestContext([['sts:RoleSessionName', request.roleSessionName]]);
  if (request.externalId !== undefined) context.set('sts:externalid', request.externalId);
  if (sourceIdentity !== undefined) context.set('sts:sourceidentity', sourceIdentity);
  if (transitive.length > 0) context.set('sts:transitivetagkeys', transitive);
  if (tags.length > 0) {
    tagKeys('aws:RequestTag', tags, context);
    context.set(
      'aws:tagkeys',
      tags.map((tag) => tag.Key),
    );
  }
  tagKeys('aws:ResourceTag', roleTags, context);
  tagKeys('iam:ResourceTag', roleTags, context);
  return context;
}

/** What is asked whether a role may be assumed. */
interface Trust {
  readonly arn: string;
  readonly account: AccountId;
  readonly policy: AttachedPolicy;
}

function trustOf(role: Role, { policies }: Pick<Sojourn, 'policies'>): Trust {
  const policy = policies.get(role.trustPolicy);
  return { arn: role.arn, account: role.account, policy: { type: 'trust', source: `trust:role/${role.name}`, policy } };
}

/** A role that is not there is decided on as one that trusts nobody, so that a refusal does not tell the two apart. */
function absentRole({ arn, account, name }: RoleArn): Trust {
  const source = `trust:role/${name} (there is no such role)`;
  return { arn, account, policy: { type: 'trust', source, policy: TRUSTS_NOBODY } };
}

const TRUSTS_NOBODY = compilePolicy({
  version: '2012-10-17',
  versionElement: undefined,
  id: undefined,
  statements: [],
});

async function requireTrust(
  action: string,
  trust: Trust,
  facts: RequestFacts<SignedCaller>,
  extra: ReadonlyMap<string, ContextValue>,
): Promise<void> {
  const { caller, sojourn } = facts;
  const context = callContext(facts, { action, resource: trust.arn }, trust.account);
  for (const [key, value] of extra) context.set(key, value);
  const organization = await organizationSide(caller.account, trust.account, sojourn);
  addOrganizationKeys(organization, context);
  const own = await policiesOf(caller, sojourn);
  const decision = evaluate(
    { principal: principalOf(caller), action, resource: trust.arn, resourceAccount: trust.account, context },
    {
      ...own,
      ...organization.policies,
      resource: trust.policy,
    },
  );
  facts.notes.decisions.push(decision);
  if (decision.outcome !== 'allow') throw denied(action, trust.arn, caller, 'refused by policy', toldReason(decision));
}

/**
 * STS tells of a policy that denies explicitly, to callers from within (recorded for resource control policies), and
 * never that one is missing or what the trust policy says.
 */
function toldReason(decision: Decision): string {
  const told = decision.outcome === 'explicitDeny' && decision.decidedBy !== 'trust' && isFromWithin(decision.request);
  return told ? ` ${denialReason(decision)}` : '';
}

function denied(action: string, roleArn: string, caller: SignedCaller, reason: string, told = ''): Error {
  return stsError(
    'AccessDenied',
    `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${roleArn}${told}`,
    { reason },
  );
}
