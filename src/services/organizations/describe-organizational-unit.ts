/** DescribeOrganizationalUnit: one unit by its id. */
import type {
  DescribeOrganizationalUnitRequest,
  DescribeOrganizationalUnitResponse,
} from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { unitAnswer } from './answers.ts';
import { node, onSubjects } from './permissions.ts';
import { managedOrganization } from './standing.ts';
import { findUnit } from './tree.ts';

/** Throws `OrganizationalUnitNotFoundException`. */
export const describeOrganizationalUnit: Operation<
  DescribeOrganizationalUnitRequest,
  DescribeOrganizationalUnitResponse
> = {
  name: 'DescribeOrganizationalUnit',
  permission: onSubjects('organizations:DescribeOrganizationalUnit', [node((input) => input.OrganizationalUnitId)]),
  handle: async (input, call) => {
    const { state } = call.sojourn;
    const organization = await managedOrganization(state, call.account);
    const unit = await findUnit(state, organization, input.OrganizationalUnitId);
    return { OrganizationalUnit: await unitAnswer(state, organization, unit) };
  },
};
