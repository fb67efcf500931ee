/** The global condition keys of a call: who asks, from where, when (reference iam-policy-evaluation 6.1, aws-federation 4). */
import { isoSeconds } from '../base/clock.ts';
import type { Tag } from '../base/tags.ts';
import type { ContextValue } from '../policy/context.ts';
import type { Caller } from './caller.ts';
import type { RequestFacts, Requirement } from './request-facts.ts';

/** Lower-cased condition key → value, for one requirement of a signed or anonymous call. */
export function callContext(
  facts: Omit<RequestFacts, 'notes' | 'sojourn'>,
  requirement: Requirement,
  resourceAccount: string | undefined,
): Map<string, ContextValue> {
  const context = requestKeys(facts);
  callerKeys(facts.caller, context);
  if (resourceAccount !== undefined) context.set('aws:resourceaccount', resourceAccount);
  for (const [key, value] of Object.entries(requirement.context ?? {})) context.set(key.toLowerCase(), value);
  return context;
}

/** What a request tells of itself, whoever makes it. Undefined: it was not sent, or is not known where no server is. */
export interface RequestTraits {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly secure: boolean;
  readonly region: string | undefined;
  readonly sourceIp: string | undefined;
  readonly userAgent: string | undefined;
  readonly referer?: string | undefined;
}

/** The keys that any request has. */
export function requestKeys({
  now,
  region,
  http,
}: Pick<RequestFacts, 'now' | 'region' | 'http'>): Map<string, ContextValue> {
  const { secure, sourceIp, headers } = http;
  return traitKeys({ now, region, secure, sourceIp, userAgent: headers['user-agent'], referer: headers['referer'] });
}

/** The same keys of a request that is only asked about: those whose values are known. */
export function traitKeys(traits: RequestTraits): Map<string, ContextValue> {
  const context = new Map<string, ContextValue>(timeKeys(traits.now));
  context.set('aws:securetransport', traits.secure ? 'true' : 'false');
  context.set('aws:viaawsservice', 'false');
  const { region, sourceIp, userAgent, referer } = traits;
  if (region !== undefined) context.set('aws:requestedregion', region);
  if (sourceIp !== undefined) context.set('aws:sourceip', sourceIp);
  if (userAgent !== undefined) context.set('aws:useragent', userAgent);
  if (referer !== undefined) context.set('aws:referer', referer);
  return context;
}

/** The keys of a moment, in milliseconds since the epoch. */
export function timeKeys(now: number): readonly (readonly [string, ContextValue])[] {
  return [
    ['aws:currenttime', isoSeconds(now)],
    ['aws:epochtime', String(Math.floor(now / 1000))],
  ];
}

/** `aws:PrincipalTag/k` of a role session: the role's tags overlaid by the session's, keys without case. */
export function tagKeys(prefix: string, tags: readonly Tag[], context: Map<string, ContextValue>): void {
  for (const { Key, Value } of tags) context.set(`${prefix}/${Key}`.toLowerCase(), Value);
}

function callerKeys(caller: Caller, context: Map<string, ContextValue>): void {
  if (caller.kind === 'anonymous') {
    context.set('aws:principalaccount', 'anonymous');
    context.set('aws:principaltype', 'Anonymous');
    context.set('aws:userid', 'anonymous');
    return;
  }
  context.set('aws:principalaccount', caller.account);
  context.set('aws:principalisawsservice', 'false');
  switch (caller.kind) {
    case 'root':
      context.set('aws:principalarn', caller.arn);
      context.set('aws:principaltype', 'Account');
      context.set('aws:userid', caller.account);
      break;
    case 'user':
      context.set('aws:principalarn', caller.arn);
      context.set('aws:principaltype', 'User');
      context.set('aws:userid', caller.user.id);
      context.set('aws:username', caller.user.name);
      tagKeys('aws:PrincipalTag', caller.user.tags, context);
      break;
    case 'role':
      context.set('aws:principalarn', caller.role.arn);
      context.set('aws:principaltype', 'AssumedRole');
      context.set('aws:userid', `${caller.role.id}:${caller.session.sessionName}`);
      tagKeys('aws:PrincipalTag', caller.role.tags, context);
      roleSessionKeys(caller.session, context);
      break;
    case 'federatedUser':
      context.set('aws:principalarn', caller.arn);
      context.set('aws:principaltype', 'FederatedUser');
      context.set('aws:userid', `${caller.account}:${caller.session.name}`);
      // The user's own, overlaid by the session's (User Guide, "Pass session tags in AWS STS").
      tagKeys('aws:PrincipalTag', caller.user?.tags ?? [], context);
      break;
    default:
      caller satisfies never;
  }
  if (caller.session !== undefined) sessionKeys(caller.session, context);
}

function sessionKeys(
  session: NonNullable<Exclude<Caller, { kind: 'anonymous' }>['session']>,
  context: Map<string, ContextValue>,
): void {
  context.set('aws:tokenissuetime', isoSeconds(session.issuedAt * 1000));
  // Documented as present for temporary credentials; Sojourn has no MFA devices.
  context.set('aws:multifactorauthpresent', 'false');
  for (const [key, value] of Object.entries(session.tags ?? {})) {
    context.set(`aws:principaltag/${key}`.toLowerCase(), value);
  }
  if (session.sourceIdentity !== undefined) context.set('aws:sourceidentity', session.sourceIdentity);
}

function roleSessionKeys(
  session: Extract<Caller, { kind: 'role' }>['session'],
  context: Map<string, ContextValue>,
): void {
  if (session.federatedProvider !== undefined) context.set('aws:federatedprovider', session.federatedProvider);
  for (const [key, value] of Object.entries(session.carried ?? {})) context.set(key.toLowerCase(), value);
}
