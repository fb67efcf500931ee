/** ListOrganizationalUnitsForParent: the units directly below a parent. */
import type {
  ListOrganizationalUnitsForParentRequest,
  ListOrganizationalUnitsForParentResponse,
} from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { unitAnswer } from './answers.ts';
import { pageOfChildren } from './child-pages.ts';
import { node, onSubjects } from './permissions.ts';
import { findUnit } from './tree.ts';

/** By id, 20 a page. Throws `ParentNotFoundException`, and `InvalidInputException` for a token of another list. */
export const listOrganizationalUnitsForParent: Operation<
  ListOrganizationalUnitsForParentRequest,
  ListOrganizationalUnitsForParentResponse
> = {
  name: 'ListOrganizationalUnitsForParent',
  permission: onSubjects('organizations:ListOrganizationalUnitsForParent', [node((input) => input.ParentId)]),
  handle: async (input, call) => {
    const { state } = call.sojourn;
    const { items, next, organization } = await pageOfChildren(call, 'ORGANIZATIONAL_UNIT', input);
    const units = items.map(async (id) => unitAnswer(state, organization, await findUnit(state, organization, id)));
    return { OrganizationalUnits: await Promise.all(units), ...next };
  },
};
