/** DeleteOrganization: once only the management account is left; units and policies go with it. */
import type { Organization } from '../../storage/state/organization-records.ts';
import type { Writer, Writers } from '../../storage/state/state.ts';
import type { Empty } from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { targetPrefix } from './attachments.ts';
import { organizationsError } from './errors.ts';
import { onOrganization } from './permissions.ts';
import { policyNameKey } from './policies.ts';
import { managedOrganization } from './standing.ts';
import { everyNode, removeChild } from './tree.ts';

/** Records deleted at a time. */
const STRIDE = 500;

/** Throws `OrganizationNotEmptyException` while there are member accounts. */
export const deleteOrganization: Operation<Empty, Empty> = {
  name: 'DeleteOrganization',
  permission: onOrganization('organizations:DeleteOrganization'),
  handle: async (_input, call) => {
    await call.sojourn.state.write(async (writers) => {
      const organization = await managedOrganization(writers, call.account);
      if ((await writers.organizationAccounts.count(`${organization.id}/`)) > 1) {
        throw organizationsError('OrganizationNotEmptyException');
      }
      await deleteNodes(writers, organization);
      await deletePolicies(writers, organization);
      await deleteUnder(writers.accountCreations, organization, ({ id }) => id);
      await writers.organizationMembers.delete(organization.managementAccount);
      await writers.organizations.delete(organization.id);
    });
    return {};
  },
};

async function deleteNodes(writers: Writers, organization: Organization): Promise<void> {
  for await (const node of everyNode(writers, organization)) {
    for (const id of node.record.policies) {
      await writers.organizationPolicyTargets.delete(targetPrefix(organization, id) + node.record.id);
    }
    if (node.kind !== 'ROOT') await removeChild(writers, organization, node);
  }
}

async function deletePolicies(writers: Writers, organization: Organization): Promise<void> {
  await deleteUnder(
    writers.organizationPolicies,
    organization,
    ({ id }) => id,
    async ({ type, name }) => {
      await writers.organizationPolicyNames.delete(policyNameKey(organization, type, name));
    },
  );
}

/** Deletes every record of the organization; `before` is told of each. */
async function deleteUnder<V>(
  writer: Writer<V>,
  organization: Organization,
  idOf: (record: V) => string,
  before: (record: V) => Promise<void> = async () => undefined,
): Promise<void> {
  const prefix = `${organization.id}/`;
  for (;;) {
    const records = await writer.list(prefix, { limit: STRIDE });
    for (const record of records) {
      await before(record);
      await writer.delete(prefix + idOf(record));
    }
    if (records.length < STRIDE) return;
  }
}
