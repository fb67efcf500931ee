/**
 * Where an account stands in its organization, and the control policies above it. Read once per state
 * of the records: an installation without an organization pays one look into a map.
 */
import type { AttachedPolicy } from '../policy/decision.ts';
import type {
  Organization,
  OrganizationPolicyType,
  OrganizationalUnit,
} from '../storage/state/organization-records.ts';
import type { State } from '../storage/state/state.ts';
import { awsOrganizationPolicy } from './organization-managed-policies.ts';
import type { Sojourn } from './sojourn.ts';

/** The policies attached at each level, root → organizational units → account. */
export type PolicyLevels = readonly (readonly AttachedPolicy[])[];

/** An account in its organization. */
export interface Membership {
  readonly organizationId: string;
  /** `o-…/r-…/ou-…/`: the value of `aws:PrincipalOrgPaths`. */
  readonly path: string;
  /** False when the account was closed. */
  readonly active: boolean;
  /** Undefined when the type is not enabled, and for the management account, which neither type binds. */
  readonly scp: PolicyLevels | undefined;
  readonly rcp: PolicyLevels | undefined;
}

type Ground = Pick<Sojourn, 'state' | 'policies'>;

/** What was read since the state last changed. */
interface Held {
  readonly generation: number;
  readonly memberships: Map<string, Membership | undefined>;
}

const held = new WeakMap<State, Held>();
/** Accounts held at most; with more than that all are read anew. */
const CAPACITY = 10_000;
/** Times to begin again when the records change under the reading. */
const ATTEMPTS = 5;
/** Levels of organizational units above an account; AWS allows 5. */
const MAX_DEPTH = 16;

/** The account's membership; undefined when it is in no organization. */
export async function membershipOf(account: string, ground: Ground): Promise<Membership | undefined> {
  const { state } = ground;
  let membership: Membership | undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { generation, memberships } = heldOf(state);
    if (memberships.has(account)) return memberships.get(account);
    membership = await readMembership(account, ground);
    if (state.generation() !== generation) continue;
    if (memberships.size >= CAPACITY) memberships.clear();
    memberships.set(account, membership);
    return membership;
  }
  return membership;
}

function heldOf(state: State): Held {
  const known = held.get(state);
  const generation = state.generation();
  if (known?.generation === generation) return known;
  const fresh: Held = { generation, memberships: new Map() };
  held.set(state, fresh);
  return fresh;
}

async function readMembership(account: string, { state, policies }: Ground): Promise<Membership | undefined> {
  const organizationId = (await state.organizationMembers.get(account))?.name;
  if (organizationId === undefined) return undefined;
  const organization = await state.organizations.get(organizationId);
  const record = await state.organizationAccounts.get(`${organizationId}/${account}`);
  if (organization === undefined || record === undefined) return undefined;
  const units = await unitsAbove(organization, record.parentId, state);
  const attached = [organization.root.policies, ...units.map((unit) => unit.policies), record.policies];
  const levels = async (type: OrganizationPolicyType): Promise<PolicyLevels | undefined> => {
    const bound = organization.managementAccount !== account && organization.root.enabledPolicyTypes.includes(type);
    return bound ? policyLevels(type, attached, organizationId, { state, policies }) : undefined;
  };
  return {
    organizationId,
    path: `${[organizationId, organization.root.id, ...units.map((unit) => unit.id)].join('/')}/`,
    active: record.status === 'ACTIVE',
    scp: await levels('SERVICE_CONTROL_POLICY'),
    rcp: await levels('RESOURCE_CONTROL_POLICY'),
  };
}

/** The organizational units from the root down to the one with that id; none for the root itself. */
export async function unitsAbove(
  organization: Organization,
  parentId: string,
  state: Pick<State, 'organizationalUnits'>,
): Promise<readonly OrganizationalUnit[]> {
  const units: OrganizationalUnit[] = [];
  for (let id = parentId; id !== organization.root.id;) {
    const unit = await state.organizationalUnits.get(`${organization.id}/${id}`);
    if (unit === undefined || units.length === MAX_DEPTH) throw new Error(`the parents of ${parentId} lead nowhere`);
    units.unshift(unit);
    id = unit.parentId;
  }
  return units;
}

async function policyLevels(
  type: OrganizationPolicyType,
  attached: readonly (readonly string[])[],
  organizationId: string,
  ground: Ground,
): Promise<PolicyLevels> {
  const levels: AttachedPolicy[][] = [];
  for (const ids of attached) {
    const level: AttachedPolicy[] = [];
    for (const id of ids) {
      const policy =
        awsOrganizationPolicy(id) ?? (await ground.state.organizationPolicies.get(`${organizationId}/${id}`));
      // Without the policy its denials would be lost: the call fails instead.
      if (policy === undefined) throw new Error(`the attached policy ${id} is gone`);
      if (policy.type !== type) continue;
      level.push({
        type: type === 'SERVICE_CONTROL_POLICY' ? 'scp' : 'rcp',
        source: policy.arn,
        policy: ground.policies.get(policy.content),
      });
    }
    levels.push(level);
  }
  return levels;
}
