/** CreateOrganizationalUnit: a container below the root or another unit. */
import type { Organization, OrganizationalUnit } from '../../storage/state/organization-records.ts';
import type { Readers } from '../../storage/state/state.ts';
import type {
  CreateOrganizationalUnitRequest,
  CreateOrganizationalUnitResponse,
} from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { unitAnswer } from './answers.ts';
import { holdDefaults } from './attachments.ts';
import { constraintViolation } from './errors.ts';
import { makeUnitId, newNodeArn } from './ids.ts';
import { node, onSubjects, requestTagKeys, tagging } from './permissions.ts';
import { UNIT_DEPTH, UNITS_PER_ORGANIZATION } from './quotas.ts';
import { managedOrganization } from './standing.ts';
import { withTags } from './tags.ts';
import { addChild, depthBelow, requireParent } from './tree.ts';
import { refuseTakenName } from './unit-names.ts';

/**
 * Throws `ParentNotFoundException`, `ConstraintViolationException` for depth and number,
 * `DuplicateOrganizationalUnitException`, `InvalidInputException` for tags.
 */
export const createOrganizationalUnit: Operation<CreateOrganizationalUnitRequest, CreateOrganizationalUnitResponse> = {
  name: 'CreateOrganizationalUnit',
  permission: tagging(
    onSubjects('organizations:CreateOrganizationalUnit', [node((input) => input.ParentId)], (input) =>
      requestTagKeys(input.Tags),
    ),
    (_input, organization) => newNodeArn(organization, 'ou'),
  ),
  handle: async (input, call) => {
    const tags = withTags([], input.Tags);
    return call.sojourn.state.write(async (writers) => {
      const organization = await managedOrganization(writers, call.account);
      await requireParent(writers, organization, input.ParentId);
      await checkLimits(writers, organization, input.ParentId);
      await refuseTakenName(writers, organization, input.ParentId, input.Name);
      const id = makeUnitId(organization.root.id, call.sojourn.random);
      const policies = await holdDefaults(writers, organization, id);
      const unit: OrganizationalUnit = { id, name: input.Name, parentId: input.ParentId, policies, tags };
      await addChild(writers, organization, { kind: 'ORGANIZATIONAL_UNIT', record: unit });
      return { OrganizationalUnit: await unitAnswer(writers, organization, unit) };
    });
  },
};

async function checkLimits(readers: Readers, organization: Organization, parentId: string): Promise<void> {
  if ((await depthBelow(readers, organization, parentId)) >= UNIT_DEPTH) {
    throw constraintViolation('OU_DEPTH_LIMIT_EXCEEDED');
  }
  if ((await readers.organizationalUnits.count(`${organization.id}/`)) >= UNITS_PER_ORGANIZATION) {
    throw constraintViolation('OU_NUMBER_LIMIT_EXCEEDED');
  }
}
