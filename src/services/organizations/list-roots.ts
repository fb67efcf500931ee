/** ListRoots: an organization has one. */
import type { ListRootsRequest, ListRootsResponse } from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { rootAnswer } from './answers.ts';
import { pageOfList } from './paging.ts';
import { onOrganization } from './permissions.ts';
import { managedOrganization } from './standing.ts';

/** Policy types in order of their names. Throws `InvalidInputException` for any token. */
export const listRoots: Operation<ListRootsRequest, ListRootsResponse> = {
  name: 'ListRoots',
  permission: onOrganization('organizations:ListRoots'),
  handle: async (input, call) => {
    const organization = await managedOrganization(call.sojourn.state, call.account);
    const { items, next } = pageOfList(call, 'ListRoots', [rootAnswer(organization)], input);
    return { Roots: items, ...next };
  },
};
