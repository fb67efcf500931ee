/**
 * The tree of an organization: its root, organizational units and accounts. Each of them is a node
 * with an id, attached policies and tags; units and accounts have a parent.
 */
import { isAccountId, type AccountId } from '../../base/arn.ts';
import type { Tag } from '../../base/tags.ts';
import { unitsAbove } from '../../federation/organization-membership.ts';
import type {
  Organization,
  OrganizationAccount,
  OrganizationalUnit,
  OrganizationRoot,
} from '../../storage/state/organization-records.ts';
import type { Reader, Readers, Writers } from '../../storage/state/state.ts';
import { organizationsError } from './errors.ts';

/** What has a parent. */
export type ChildNode =
  | { readonly kind: 'ORGANIZATIONAL_UNIT'; readonly record: OrganizationalUnit }
  | { readonly kind: 'ACCOUNT'; readonly record: OrganizationAccount };
/** What policies and tags hang on. */
export type Node = ChildNode | { readonly kind: 'ROOT'; readonly record: OrganizationRoot };

/** Records read at a time while the whole tree is walked. */
const STRIDE = 500;

/** The node with that id; undefined when the organization has none. */
export async function findNode(readers: Readers, organization: Organization, id: string): Promise<Node | undefined> {
  if (id === organization.root.id) return { kind: 'ROOT', record: organization.root };
  return findChild(readers, organization, id);
}

/** The organizational unit or account with that id. */
export async function findChild(
  readers: Readers,
  organization: Organization,
  id: string,
): Promise<ChildNode | undefined> {
  const key = `${organization.id}/${id}`;
  if (isAccountId(id)) {
    const account = await readers.organizationAccounts.get(key);
    return account && { kind: 'ACCOUNT', record: account };
  }
  const unit = await readers.organizationalUnits.get(key);
  return unit && { kind: 'ORGANIZATIONAL_UNIT', record: unit };
}

/** Throws `OrganizationalUnitNotFoundException`. */
export async function findUnit(readers: Readers, organization: Organization, id: string): Promise<OrganizationalUnit> {
  const unit = await readers.organizationalUnits.get(`${organization.id}/${id}`);
  if (unit === undefined) throw organizationsError('OrganizationalUnitNotFoundException');
  return unit;
}

/** Throws `AccountNotFoundException`. */
export async function findAccount(
  readers: Readers,
  organization: Organization,
  id: string,
): Promise<OrganizationAccount> {
  const account = await readers.organizationAccounts.get(`${organization.id}/${id}`);
  if (account === undefined) throw organizationsError('AccountNotFoundException');
  return account;
}

/** Whether the id is the root's or an organizational unit's. */
export async function isParent(readers: Readers, organization: Organization, id: string): Promise<boolean> {
  const node = await findNode(readers, organization, id);
  return node !== undefined && node.kind !== 'ACCOUNT';
}

/** Throws `ParentNotFoundException` when {@link isParent} says no. */
export async function requireParent(readers: Readers, organization: Organization, id: string): Promise<void> {
  if (!(await isParent(readers, organization, id))) throw organizationsError('ParentNotFoundException');
}

/** How many organizational units stand above something with that parent. */
export async function depthBelow(readers: Readers, organization: Organization, parentId: string): Promise<number> {
  return (await unitsAbove(organization, parentId, readers)).length;
}

/** `o-…/r-…/ou-…/` down to the parent, and the child's own id after it: how AWS prints where something stands. */
export async function pathOf(
  readers: Readers,
  organization: Organization,
  child: { readonly id: string; readonly parentId: string },
): Promise<string> {
  const units = await unitsAbove(organization, child.parentId, readers);
  return `${[organization.id, organization.root.id, ...units.map(({ id }) => id), child.id].join('/')}/`;
}

/** Key prefix of a parent's children of one kind. */
export function childPrefix(organization: Organization, parentId: string, kind: ChildNode['kind']): string {
  return `${organization.id}/${parentId}/${kind}/`;
}

/** Puts a new unit or account under its parent. */
export async function addChild(writers: Writers, organization: Organization, child: ChildNode): Promise<void> {
  await putChild(writers, organization, child);
  const { id, parentId } = child.record;
  await writers.organizationChildren.put(childPrefix(organization, parentId, child.kind) + id, { name: id });
}

/** Takes the unit or account away; what is attached to it is let go by its own caller. */
export async function removeChild(writers: Writers, organization: Organization, child: ChildNode): Promise<void> {
  const { id, parentId } = child.record;
  await writers.organizationChildren.delete(childPrefix(organization, parentId, child.kind) + id);
  const table = child.kind === 'ACCOUNT' ? writers.organizationAccounts : writers.organizationalUnits;
  await table.delete(`${organization.id}/${id}`);
}

/** Moves an account under another parent. */
export async function moveAccount(
  writers: Writers,
  organization: Organization,
  account: OrganizationAccount,
  parentId: string,
): Promise<void> {
  await removeChild(writers, organization, { kind: 'ACCOUNT', record: account });
  await addChild(writers, organization, { kind: 'ACCOUNT', record: { ...account, parentId } });
}

/** Gives a node other policies or tags. */
export async function changeNode(
  writers: Writers,
  organization: Organization,
  node: Node,
  change: { readonly policies?: readonly string[]; readonly tags?: readonly Tag[] },
): Promise<void> {
  if (node.kind !== 'ROOT') {
    await putChild(
      writers,
      organization,
      node.kind === 'ACCOUNT'
        ? { kind: node.kind, record: { ...node.record, ...change } }
        : { kind: node.kind, record: { ...node.record, ...change } },
    );
    return;
  }
  // Read anew: the same call may have changed the root's policy types.
  const current = (await writers.organizations.get(organization.id)) ?? organization;
  await writers.organizations.put(current.id, { ...current, root: { ...current.root, ...change } });
}

async function putChild(writers: Writers, organization: Organization, child: ChildNode): Promise<void> {
  const key = `${organization.id}/${child.record.id}`;
  if (child.kind === 'ACCOUNT') await writers.organizationAccounts.put(key, child.record);
  else await writers.organizationalUnits.put(key, child.record);
}

/** Every node: the root, then the units, then the accounts. */
export async function* everyNode(readers: Readers, organization: Organization): AsyncGenerator<Node> {
  yield { kind: 'ROOT', record: organization.root };
  for await (const record of everyRecord(readers.organizationalUnits, organization)) {
    yield { kind: 'ORGANIZATIONAL_UNIT', record };
  }
  for await (const record of everyRecord(readers.organizationAccounts, organization)) {
    yield { kind: 'ACCOUNT', record };
  }
}

async function* everyRecord<V extends { readonly id: string | AccountId }>(
  reader: Reader<V>,
  organization: Organization,
): AsyncGenerator<V> {
  const prefix = `${organization.id}/`;
  let after: string | undefined;
  for (;;) {
    const records = await reader.list(prefix, { after, limit: STRIDE });
    yield* records;
    const last = records.at(-1);
    if (last === undefined || records.length < STRIDE) return;
    after = prefix + last.id;
  }
}

/** The records under one parent, in order of their ids. */
export async function childrenOf(
  readers: Readers,
  organization: Organization,
  parentId: string,
  kind: ChildNode['kind'],
): Promise<readonly string[]> {
  const prefix = childPrefix(organization, parentId, kind);
  const rows = await readers.organizationChildren.list(prefix, { limit: Number.MAX_SAFE_INTEGER });
  return rows.map((row) => row.name);
}
