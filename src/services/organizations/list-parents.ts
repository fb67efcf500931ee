/** ListParents: what an account or unit stands under; AWS names one. */
import type { ListParentsRequest, ListParentsResponse } from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { organizationsError } from './errors.ts';
import { pageOfList } from './paging.ts';
import { node, onSubjects } from './permissions.ts';
import { managedOrganization } from './standing.ts';
import { findChild } from './tree.ts';

/** One parent. Throws `ChildNotFoundException`, and `InvalidInputException` for any token. */
export const listParents: Operation<ListParentsRequest, ListParentsResponse> = {
  name: 'ListParents',
  permission: onSubjects('organizations:ListParents', [node((input) => input.ChildId)]),
  handle: async (input, call) => {
    const { state } = call.sojourn;
    const organization = await managedOrganization(state, call.account);
    const child = await findChild(state, organization, input.ChildId);
    if (child === undefined) throw organizationsError('ChildNotFoundException');
    const { parentId } = child.record;
    const type = parentId === organization.root.id ? 'ROOT' : 'ORGANIZATIONAL_UNIT';
    const { items, next } = pageOfList(call, `ListParents/${input.ChildId}`, [parentId], input);
    return { Parents: items.map((id) => ({ Id: id, Type: type })), ...next };
  },
};
