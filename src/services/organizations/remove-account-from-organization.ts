/**
 * RemoveAccountFromOrganization: the account stands alone from now on, with its roles and buckets. What
 * keeps accounts in on AWS (payment, contact data) does not exist here.
 */
import type { Empty, RemoveAccountFromOrganizationRequest } from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { releasePolicies } from './attachments.ts';
import { constraintViolation, organizationsError } from './errors.ts';
import { node, onSubjects } from './permissions.ts';
import { managedOrganization } from './standing.ts';
import { findAccount, removeChild, type ChildNode } from './tree.ts';

/**
 * Throws `AccountNotFoundException`, `MasterCannotLeaveOrganizationException`, and `ConstraintViolationException` for
 * a closed account.
 */
export const removeAccountFromOrganization: Operation<RemoveAccountFromOrganizationRequest, Empty> = {
  name: 'RemoveAccountFromOrganization',
  permission: onSubjects('organizations:RemoveAccountFromOrganization', [node((input) => input.AccountId)]),
  handle: async (input, call) => {
    await call.sojourn.state.write(async (writers) => {
      const organization = await managedOrganization(writers, call.account);
      const record = await findAccount(writers, organization, input.AccountId);
      if (record.id === organization.managementAccount) {
        throw organizationsError('MasterCannotLeaveOrganizationException');
      }
      // That it is closed is noted in the organization only: outside it would come to life again.
      if (record.status === 'SUSPENDED') throw constraintViolation('ACCOUNT_CANNOT_LEAVE_ORGANIZATION');
      const account: ChildNode = { kind: 'ACCOUNT', record };
      await releasePolicies(writers, organization, account);
      await removeChild(writers, organization, account);
      await writers.organizationMembers.delete(record.id);
    });
    return {};
  },
};
