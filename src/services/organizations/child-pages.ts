/** A page of the ids under one parent: what the four lists of children have in common. */
import type { Organization } from '../../storage/state/organization-records.ts';
import type { Call } from '../operation.ts';
import { pageOfRecords, type PageOf, type Paging } from './paging.ts';
import { managedOrganization } from './standing.ts';
import { childPrefix, requireParent, type ChildNode } from './tree.ts';

/** Throws `ParentNotFoundException`. */
export async function pageOfChildren(
  call: Call,
  kind: ChildNode['kind'],
  input: Paging & { readonly ParentId: string },
): Promise<PageOf<string> & { readonly organization: Organization }> {
  const { state } = call.sojourn;
  const organization = await managedOrganization(state, call.account);
  await requireParent(state, organization, input.ParentId);
  const prefix = childPrefix(organization, input.ParentId, kind);
  const list = { scope: `children/${prefix}`, prefix, keyOf: ({ name }: { readonly name: string }) => name };
  const { items, next } = await pageOfRecords(call, state.organizationChildren, list, input);
  return { items: items.map((row) => row.name), next, organization };
}
