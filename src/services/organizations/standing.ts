/** Which organization a caller speaks for. */
import type { AccountId } from '../../base/arn.ts';
import type { Organization } from '../../storage/state/organization-records.ts';
import type { Readers } from '../../storage/state/state.ts';
import { organizationsError } from './errors.ts';

/** The organization that the account is in. Throws `AWSOrganizationsNotInUseException`. */
export async function organizationOf(readers: Readers, account: AccountId): Promise<Organization> {
  const id = (await readers.organizationMembers.get(account))?.name;
  const organization = id === undefined ? undefined : await readers.organizations.get(id);
  if (organization === undefined) throw organizationsError('AWSOrganizationsNotInUseException');
  return organization;
}

/** The same for its management account only; member accounts get `AccessDeniedException`. */
export async function managedOrganization(readers: Readers, account: AccountId): Promise<Organization> {
  const organization = await organizationOf(readers, account);
  if (organization.managementAccount !== account) {
    throw organizationsError('AccessDeniedException', { reason: 'the caller is not of the management account' });
  }
  return organization;
}
