/** DescribeAccount: one account by its id. */
import type { DescribeAccountRequest, DescribeAccountResponse } from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { accountAnswer } from './answers.ts';
import { node, onSubjects } from './permissions.ts';
import { managedOrganization } from './standing.ts';
import { findAccount } from './tree.ts';

/** Throws `AccountNotFoundException`. */
export const describeAccount: Operation<DescribeAccountRequest, DescribeAccountResponse> = {
  name: 'DescribeAccount',
  permission: onSubjects('organizations:DescribeAccount', [node((input) => input.AccountId)]),
  handle: async (input, call) => {
    const { state } = call.sojourn;
    const organization = await managedOrganization(state, call.account);
    const account = await findAccount(state, organization, input.AccountId);
    return { Account: await accountAnswer(state, organization, account) };
  },
};
