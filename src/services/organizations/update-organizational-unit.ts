/** UpdateOrganizationalUnit: another name. */
import type {
  UpdateOrganizationalUnitRequest,
  UpdateOrganizationalUnitResponse,
} from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { unitAnswer } from './answers.ts';
import { node, onSubjects } from './permissions.ts';
import { managedOrganization } from './standing.ts';
import { findUnit } from './tree.ts';
import { refuseTakenName } from './unit-names.ts';

/**
 * A name of blanks is none (observed on AWS, September 2026). Throws `OrganizationalUnitNotFoundException` and
 * `DuplicateOrganizationalUnitException`.
 */
export const updateOrganizationalUnit: Operation<UpdateOrganizationalUnitRequest, UpdateOrganizationalUnitResponse> = {
  name: 'UpdateOrganizationalUnit',
  permission: onSubjects('organizations:UpdateOrganizationalUnit', [node((input) => input.OrganizationalUnitId)]),
  handle: (input, call) =>
    call.sojourn.state.write(async (writers) => {
      const organization = await managedOrganization(writers, call.account);
      const unit = await findUnit(writers, organization, input.OrganizationalUnitId);
      const name = input.Name?.trim() ? input.Name : unit.name;
      if (name !== unit.name) await refuseTakenName(writers, organization, unit.parentId, name);
      const renamed = { ...unit, name };
      await writers.organizationalUnits.put(`${organization.id}/${unit.id}`, renamed);
      return { OrganizationalUnit: await unitAnswer(writers, organization, renamed) };
    }),
};
