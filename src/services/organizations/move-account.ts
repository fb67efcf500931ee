/** MoveAccount: under another parent, and so under other policies. */
import type { Empty, MoveAccountRequest } from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { organizationsError } from './errors.ts';
import { node, onSubjects } from './permissions.ts';
import { managedOrganization } from './standing.ts';
import { findAccount, isParent, moveAccount as moveTo } from './tree.ts';

/**
 * Throws `AccountNotFoundException`, `SourceParentNotFoundException` when the account does not stand there,
 * `DestinationParentNotFoundException`, `DuplicateAccountException` when it stands there already; in that order.
 */
export const moveAccount: Operation<MoveAccountRequest, Empty> = {
  name: 'MoveAccount',
  permission: onSubjects('organizations:MoveAccount', [
    node((input) => input.AccountId),
    node((input) => input.SourceParentId),
    node((input) => input.DestinationParentId),
  ]),
  handle: async (input, call) => {
    await call.sojourn.state.write(async (writers) => {
      const organization = await managedOrganization(writers, call.account);
      const account = await findAccount(writers, organization, input.AccountId);
      if (account.parentId !== input.SourceParentId) throw organizationsError('SourceParentNotFoundException');
      if (!(await isParent(writers, organization, input.DestinationParentId))) {
        throw organizationsError('DestinationParentNotFoundException');
      }
      if (account.parentId === input.DestinationParentId) throw organizationsError('DuplicateAccountException');
      await moveTo(writers, organization, account, input.DestinationParentId);
    });
    return {};
  },
};
