/** Gathers the policies that have a say about a caller: its own, its boundary, its session's. */
import type { AttachedPolicy, PolicyType } from '../policy/decision.ts';
import type { Group, Role, User } from '../storage/state/iam-records.ts';
import type { SignedCaller } from './caller.ts';
import { awsManagedPolicy } from './managed-policies/managed-policies.ts';
import type { Sojourn } from './sojourn.ts';

/** What limits and grants on the caller's side. */
export interface CallerPolicies {
  readonly identity: readonly AttachedPolicy[];
  readonly boundary: AttachedPolicy | undefined;
  readonly session: readonly AttachedPolicy[] | undefined;
}

/** The policies of a signed caller. A managed policy that has vanished counts as one that allows nothing. */
export async function policiesOf(caller: SignedCaller, sojourn: Sojourn): Promise<CallerPolicies> {
  const entity = caller.kind === 'role' ? caller.role : caller.kind === 'root' ? undefined : caller.user;
  const kind = caller.kind === 'role' ? 'role' : 'user';
  return {
    identity: entity === undefined ? ofRoot(caller, sojourn) : await identityPolicies(entity, kind, sojourn),
    boundary:
      entity?.permissionsBoundary === undefined
        ? undefined
        : await managedPolicy('boundary', entity.permissionsBoundary, sojourn),
    session: await sessionPolicies(caller, sojourn),
  };
}

/**
 * Root itself may everything by being root (`policy/grant.ts`); whom it vouches for in GetFederationToken
 * may what the session policies say, of everything.
 */
function ofRoot(caller: SignedCaller, sojourn: Sojourn): readonly AttachedPolicy[] {
  if (caller.kind !== 'federatedUser') return [];
  return [{ type: 'identity', source: caller.issuerArn, policy: sojourn.policies.get(EVERYTHING) }];
}

const EVERYTHING = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
});

/** Inline and attached policies of a role or user; of a user, its groups' too. */
export async function identityPolicies(
  entity: Role | User,
  kind: 'role' | 'user',
  sojourn: Sojourn,
): Promise<readonly AttachedPolicy[]> {
  const policies = await ownPolicies(entity, kind, sojourn);
  if (!('groups' in entity)) return policies;
  for (const name of entity.groups) {
    const group = await sojourn.state.groups.get(`${entity.account}/${name}`);
    if (group !== undefined) policies.push(...(await ownPolicies(group, 'group', sojourn)));
  }
  return policies;
}

async function ownPolicies(
  entity: Pick<Role | User | Group, 'name' | 'inlinePolicies' | 'attachedPolicies'>,
  kind: 'role' | 'user' | 'group',
  sojourn: Sojourn,
): Promise<AttachedPolicy[]> {
  const policies: AttachedPolicy[] = [];
  for (const [name, document] of Object.entries(entity.inlinePolicies)) {
    policies.push({
      type: 'identity',
      source: `inline:${kind}/${entity.name}/${name}`,
      policy: sojourn.policies.get(document),
    });
  }
  for (const arn of entity.attachedPolicies) policies.push(await managedPolicy('identity', arn, sojourn));
  return policies;
}

async function sessionPolicies(caller: SignedCaller, sojourn: Sojourn): Promise<readonly AttachedPolicy[] | undefined> {
  const session = caller.session;
  if (session === undefined) return undefined;
  const policies: AttachedPolicy[] = [];
  if (session.policy !== undefined) {
    policies.push({ type: 'session', source: 'inline:session', policy: sojourn.policies.get(session.policy) });
  }
  for (const arn of session.policyArns ?? []) policies.push(await managedPolicy('session', arn, sojourn));
  // A GetFederationToken session without a policy has no permissions of its own (aws-federation 1.8).
  if (policies.length === 0 && session.kind !== 'federatedUser') return undefined;
  return policies;
}

/** The default version of a customer's or an AWS managed policy, as attached policy of `type`. */
export async function managedPolicy(type: PolicyType, arn: string, sojourn: Sojourn): Promise<AttachedPolicy> {
  const document = await managedPolicyDocument(arn, sojourn);
  return { type, source: arn, policy: sojourn.policies.get(document ?? '') };
}

/** Text of the default version; undefined when there is no such policy. */
export async function managedPolicyDocument(arn: string, sojourn: Sojourn): Promise<string | undefined> {
  const builtIn = awsManagedPolicy(arn);
  if (builtIn !== undefined) return builtIn.document;
  const policy = await sojourn.state.managedPolicies.get(arn);
  return policy?.versions.find((version) => version.id === policy.defaultVersionId)?.document;
}
