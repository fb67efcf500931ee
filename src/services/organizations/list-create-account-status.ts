/** ListCreateAccountStatus: what became of every CreateAccount, narrowed by state. */
import type { AccountCreation } from '../../storage/state/organization-records.ts';
import type {
  ListCreateAccountStatusRequest,
  ListCreateAccountStatusResponse,
} from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { creationAnswer, creationState } from './answers.ts';
import { pageOfRecords, type RecordList } from './paging.ts';
import { onOrganization } from './permissions.ts';
import { managedOrganization } from './standing.ts';

/**
 * By id of the request, 20 a page; states that are asked for and never occur match nothing. Throws
 * `InvalidInputException` for a token of another list.
 */
export const listCreateAccountStatus: Operation<ListCreateAccountStatusRequest, ListCreateAccountStatusResponse> = {
  name: 'ListCreateAccountStatus',
  permission: onOrganization('organizations:ListCreateAccountStatus'),
  handle: async (input, call) => {
    const { state } = call.sojourn;
    const organization = await managedOrganization(state, call.account);
    const wanted = new Set(input.States ?? []);
    const list: RecordList<AccountCreation> = {
      scope: `ListCreateAccountStatus/${[...wanted].join()}`,
      prefix: `${organization.id}/`,
      keyOf: ({ id }) => id,
      accepts: (creation) => wanted.size === 0 || wanted.has(creationState(creation)),
    };
    const { items, next } = await pageOfRecords(call, state.accountCreations, list, input);
    return { CreateAccountStatuses: items.map(creationAnswer), ...next };
  },
};
