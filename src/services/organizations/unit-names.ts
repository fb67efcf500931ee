/** Names of organizational units: unique among the children of one parent, with their case. */
import type { Organization } from '../../storage/state/organization-records.ts';
import type { Readers } from '../../storage/state/state.ts';
import { organizationsError } from './errors.ts';
import { childrenOf, findUnit } from './tree.ts';

/** Throws `DuplicateOrganizationalUnitException` when a child of the parent has the name. */
export async function refuseTakenName(
  readers: Readers,
  organization: Organization,
  parentId: string,
  name: string,
): Promise<void> {
  for (const id of await childrenOf(readers, organization, parentId, 'ORGANIZATIONAL_UNIT')) {
    const unit = await findUnit(readers, organization, id);
    if (unit.name === name) throw organizationsError('DuplicateOrganizationalUnitException');
  }
}
