/** CloseAccount: from now on nobody of the account may do anything, and nobody gets into it. */
import type { CloseAccountRequest, Empty } from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { constraintViolation, organizationsError } from './errors.ts';
import { node, onSubjects } from './permissions.ts';
import { managedOrganization } from './standing.ts';
import { findAccount } from './tree.ts';

/**
 * Throws `AccountNotFoundException`, `AccountAlreadyClosedException`, and `ConstraintViolationException` for the
 * management account.
 */
export const closeAccount: Operation<CloseAccountRequest, Empty> = {
  name: 'CloseAccount',
  permission: onSubjects('organizations:CloseAccount', [node((input) => input.AccountId)]),
  handle: async (input, call) => {
    await call.sojourn.state.write(async (writers) => {
      const organization = await managedOrganization(writers, call.account);
      const account = await findAccount(writers, organization, input.AccountId);
      if (account.id === organization.managementAccount) throw constraintViolation('CANNOT_CLOSE_MANAGEMENT_ACCOUNT');
      if (account.status === 'SUSPENDED') throw organizationsError('AccountAlreadyClosedException');
      await writers.organizationAccounts.put(`${organization.id}/${account.id}`, { ...account, status: 'SUSPENDED' });
    });
    return {};
  },
};
