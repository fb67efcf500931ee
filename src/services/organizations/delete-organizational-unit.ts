/** DeleteOrganizationalUnit: an empty one. */
import type { DeleteOrganizationalUnitRequest, Empty } from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { releasePolicies } from './attachments.ts';
import { organizationsError } from './errors.ts';
import { node, onSubjects } from './permissions.ts';
import { managedOrganization } from './standing.ts';
import { findUnit, removeChild, type ChildNode } from './tree.ts';

/** Throws `OrganizationalUnitNotFoundException` and `OrganizationalUnitNotEmptyException`. */
export const deleteOrganizationalUnit: Operation<DeleteOrganizationalUnitRequest, Empty> = {
  name: 'DeleteOrganizationalUnit',
  permission: onSubjects('organizations:DeleteOrganizationalUnit', [node((input) => input.OrganizationalUnitId)]),
  handle: async (input, call) => {
    await call.sojourn.state.write(async (writers) => {
      const organization = await managedOrganization(writers, call.account);
      const record = await findUnit(writers, organization, input.OrganizationalUnitId);
      if ((await writers.organizationChildren.count(`${organization.id}/${record.id}/`)) > 0) {
        throw organizationsError('OrganizationalUnitNotEmptyException');
      }
      const unit: ChildNode = { kind: 'ORGANIZATIONAL_UNIT', record };
      await releasePolicies(writers, organization, unit);
      await removeChild(writers, organization, unit);
    });
    return {};
  },
};
