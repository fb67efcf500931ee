/** ListAccountsForParent: the accounts directly below a parent. */
import type {
  ListAccountsForParentRequest,
  ListAccountsForParentResponse,
} from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { accountAnswer } from './answers.ts';
import { pageOfChildren } from './child-pages.ts';
import { node, onSubjects } from './permissions.ts';
import { findAccount } from './tree.ts';

/**
 * By account number, 20 a page. Throws `ParentNotFoundException`, and `InvalidInputException` for a token of another
 * list.
 */
export const listAccountsForParent: Operation<ListAccountsForParentRequest, ListAccountsForParentResponse> = {
  name: 'ListAccountsForParent',
  permission: onSubjects('organizations:ListAccountsForParent', [node((input) => input.ParentId)]),
  handle: async (input, call) => {
    const { state } = call.sojourn;
    const { items, next, organization } = await pageOfChildren(call, 'ACCOUNT', input);
    const accounts = items.map(async (id) =>
      accountAnswer(state, organization, await findAccount(state, organization, id)),
    );
    return { Accounts: await Promise.all(accounts), ...next };
  },
};
