/** ListChildren: ids of the accounts or of the units directly below a parent. */
import type { ListChildrenRequest, ListChildrenResponse } from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { pageOfChildren } from './child-pages.ts';
import { node, onSubjects } from './permissions.ts';

/** By id, 20 a page. Throws `ParentNotFoundException`, and `InvalidInputException` for a token of another list. */
export const listChildren: Operation<ListChildrenRequest, ListChildrenResponse> = {
  name: 'ListChildren',
  permission: onSubjects('organizations:ListChildren', [node((input) => input.ParentId)]),
  handle: async (input, call) => {
    const { items, next } = await pageOfChildren(call, input.ChildType, input);
    return { Children: items.map((id) => ({ Id: id, Type: input.ChildType })), ...next };
  },
};
