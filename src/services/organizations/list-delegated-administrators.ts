/** ListDelegatedAdministrators: accounts cannot be delegated to here, so none is listed. */
import type {
  ListDelegatedAdministratorsRequest,
  ListDelegatedAdministratorsResponse,
} from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { pageOfList } from './paging.ts';
import { onOrganization } from './permissions.ts';
import { managedOrganization } from './standing.ts';

/** Always an empty list. Throws `InvalidInputException` for any token, since no page has one. */
export const listDelegatedAdministrators: Operation<
  ListDelegatedAdministratorsRequest,
  ListDelegatedAdministratorsResponse
> = {
  name: 'ListDelegatedAdministrators',
  permission: onOrganization('organizations:ListDelegatedAdministrators'),
  handle: async (input, call) => {
    await managedOrganization(call.sojourn.state, call.account);
    const { items, next } = pageOfList(call, 'ListDelegatedAdministrators', [], input);
    return { DelegatedAdministrators: items, ...next };
  },
};
