/** Which policies hang on which nodes: the list on the node, and the row that leads back from the policy. */
import { awsOrganizationPolicy, defaultPolicy } from '../../federation/organization-managed-policies.ts';
import type {
  Organization,
  OrganizationPolicy,
  OrganizationPolicyType,
} from '../../storage/state/organization-records.ts';
import type { Readers, Writers } from '../../storage/state/state.ts';
import { changeNode, everyNode, type Node } from './tree.ts';

/** Key prefix of the rows of one policy's targets. */
export function targetPrefix(organization: Organization, policyId: string): string {
  return `${organization.id}/${policyId}/`;
}

/** The policy of that id, AWS's or the organization's; undefined when there is none. */
export async function peekPolicy(
  readers: Readers,
  organization: Organization,
  id: string,
): Promise<OrganizationPolicy | undefined> {
  return awsOrganizationPolicy(id) ?? readers.organizationPolicies.get(`${organization.id}/${id}`);
}

/** The attached policies of one type, in order of attachment. */
export async function attachedPolicies(
  readers: Readers,
  organization: Organization,
  node: Node,
  type: OrganizationPolicyType,
): Promise<readonly OrganizationPolicy[]> {
  const policies: OrganizationPolicy[] = [];
  for (const id of node.record.policies) {
    const policy = await peekPolicy(readers, organization, id);
    if (policy?.type === type) policies.push(policy);
  }
  return policies;
}

/** Hangs the policy on the node, after those that are there. */
export async function attach(
  writers: Writers,
  organization: Organization,
  node: Node,
  policyId: string,
): Promise<void> {
  await changeNode(writers, organization, node, { policies: [...node.record.policies, policyId] });
  await holdTarget(writers, organization, policyId, node.record.id);
}

/** Takes the policies off the node; ids that are not there are no error. */
export async function detach(
  writers: Writers,
  organization: Organization,
  node: Node,
  policyIds: ReadonlySet<string>,
): Promise<void> {
  const policies = node.record.policies.filter((id) => !policyIds.has(id));
  await changeNode(writers, organization, node, { policies });
  for (const id of policyIds)
    await writers.organizationPolicyTargets.delete(targetPrefix(organization, id) + node.record.id);
}

/** Forgets that a node which goes away held policies. */
export async function releasePolicies(writers: Writers, organization: Organization, node: Node): Promise<void> {
  for (const id of node.record.policies) {
    await writers.organizationPolicyTargets.delete(targetPrefix(organization, id) + node.record.id);
  }
}

/** Ids of the policies that a new unit or account begins with: AWS's own of every enabled type. */
export async function holdDefaults(
  writers: Writers,
  organization: Organization,
  nodeId: string,
): Promise<readonly string[]> {
  const ids = organization.root.enabledPolicyTypes.map((type) => defaultPolicy(type).id);
  for (const id of ids) await holdTarget(writers, organization, id, nodeId);
  return ids;
}

/** Attaches AWS's own policy of the type to every node. */
export async function attachDefaultEverywhere(
  writers: Writers,
  organization: Organization,
  type: OrganizationPolicyType,
): Promise<void> {
  const { id } = defaultPolicy(type);
  for await (const node of everyNode(writers, organization)) await attach(writers, organization, node, id);
}

/** Detaches every policy of the type from every node. */
export async function detachEverywhere(
  writers: Writers,
  organization: Organization,
  type: OrganizationPolicyType,
): Promise<void> {
  for await (const node of everyNode(writers, organization)) {
    const policies = await attachedPolicies(writers, organization, node, type);
    await detach(writers, organization, node, new Set(policies.map((policy) => policy.id)));
  }
}

async function holdTarget(
  writers: Writers,
  organization: Organization,
  policyId: string,
  nodeId: string,
): Promise<void> {
  await writers.organizationPolicyTargets.put(targetPrefix(organization, policyId) + nodeId, { name: nodeId });
}
