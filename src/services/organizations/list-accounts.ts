/** ListAccounts: every account of the organization, the management account and closed ones too. */
import type { ListAccountsRequest, ListAccountsResponse } from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { accountAnswer } from './answers.ts';
import { pageOfRecords } from './paging.ts';
import { onOrganization } from './permissions.ts';
import { managedOrganization } from './standing.ts';

/** By account number, 20 a page. Throws `InvalidInputException` for a token of another list. */
export const listAccounts: Operation<ListAccountsRequest, ListAccountsResponse> = {
  name: 'ListAccounts',
  permission: onOrganization('organizations:ListAccounts'),
  handle: async (input, call) => {
    const { state } = call.sojourn;
    const organization = await managedOrganization(state, call.account);
    const list = {
      scope: 'ListAccounts',
      prefix: `${organization.id}/`,
      keyOf: ({ id }: { readonly id: string }) => id,
    };
    const { items, next } = await pageOfRecords(call, state.organizationAccounts, list, input);
    const answers = items.map((account) => accountAnswer(state, organization, account));
    return { Accounts: await Promise.all(answers), ...next };
  },
};
