/** What tags hang on: a node of the tree, or a customer's policy. */
import type { Tag } from '../../base/tags.ts';
import { awsOrganizationPolicy } from '../../federation/organization-managed-policies.ts';
import type { Organization, OrganizationPolicy } from '../../storage/state/organization-records.ts';
import type { Readers, Writers } from '../../storage/state/state.ts';
import { organizationsError } from './errors.ts';
import { changeNode, findNode, type Node } from './tree.ts';

type Tagged = Node | { readonly kind: 'POLICY'; readonly record: OrganizationPolicy };

/** Throws `TargetNotFoundException`, for AWS's own policies too. */
async function findTagged(readers: Readers, organization: Organization, id: string): Promise<Tagged> {
  const policy = id.startsWith('p-') && awsOrganizationPolicy(id) === undefined;
  const record = policy ? await readers.organizationPolicies.get(`${organization.id}/${id}`) : undefined;
  const found: Tagged | undefined =
    record === undefined ? await findNode(readers, organization, id) : { kind: 'POLICY', record };
  if (found === undefined) throw organizationsError('TargetNotFoundException');
  return found;
}

/** The tags of that resource. Throws `TargetNotFoundException`. */
export async function tagsOf(readers: Readers, organization: Organization, id: string): Promise<readonly Tag[]> {
  return (await findTagged(readers, organization, id)).record.tags;
}

/** Gives the resource the tags that `change` makes of its own. Throws `TargetNotFoundException`. */
export async function changeTags(
  writers: Writers,
  organization: Organization,
  id: string,
  change: (tags: readonly Tag[]) => readonly Tag[],
): Promise<void> {
  const tagged = await findTagged(writers, organization, id);
  const tags = change(tagged.record.tags);
  if (tagged.kind !== 'POLICY') {
    await changeNode(writers, organization, tagged, { tags });
    return;
  }
  await writers.organizationPolicies.put(`${organization.id}/${id}`, { ...tagged.record, tags });
}
