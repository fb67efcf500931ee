/** CreateAccount: a member account with the role through which the management account reaches it. */
import type { AccountId } from '../../base/arn.ts';
import type { AccountCreation, Organization, OrganizationAccount } from '../../storage/state/organization-records.ts';
import type { Writers } from '../../storage/state/state.ts';
import type { CreateAccountRequest, CreateAccountResponse } from '../../wire/generated/organizations-types.ts';
import type { Call, Operation } from '../operation.ts';
import { begunCreation } from './answers.ts';
import { holdDefaults } from './attachments.ts';
import { createAccessRole, DEFAULT_ROLE_NAME } from './access-role.ts';
import { constraintViolation, invalidParameter } from './errors.ts';
import { makeAccountId, makeCreationId, newNodeArn } from './ids.ts';
import { onOrganization, requestTagKeys, tagging } from './permissions.ts';
import { ACCOUNTS_PER_ORGANIZATION } from './quotas.ts';
import { managedOrganization } from './standing.ts';
import { withTags } from './tags.ts';
import { addChild, everyNode } from './tree.ts';

/** How AWS's own roles begin, and no other may (Organizations API reference, InvalidInputException). */
const SERVICE_LINKED = 'AWSServiceRoleFor';

/**
 * The answer says `IN_PROGRESS` and no id, as AWS's does (observed, September 2026); the account is there by then.
 * An address that is taken makes the creation fail, not the call. Throws `ConstraintViolationException` when the
 * organization is full, `InvalidInputException` for tags and for a role named as service-linked ones are.
 */
export const createAccount: Operation<CreateAccountRequest, CreateAccountResponse> = {
  name: 'CreateAccount',
  permission: tagging(
    onOrganization('organizations:CreateAccount', (input) => requestTagKeys(input.Tags)),
    (_input, organization) => newNodeArn(organization, 'account'),
  ),
  handle: async (input, call) => {
    const tags = withTags([], input.Tags);
    if (input.RoleName?.startsWith(SERVICE_LINKED)) throw invalidParameter('INVALID_ROLE_NAME');
    const creation = await call.sojourn.state.write(async (writers) => {
      const organization = await managedOrganization(writers, call.account);
      if ((await writers.organizationAccounts.count(`${organization.id}/`)) >= ACCOUNTS_PER_ORGANIZATION) {
        throw constraintViolation('ACCOUNT_NUMBER_LIMIT_EXCEEDED');
      }
      const taken = await isTaken(writers, organization, input.Email);
      const id = taken ? undefined : await createMember(writers, organization, { ...input, Tags: tags }, call);
      const made = draftCreation(input, id, call);
      await writers.accountCreations.put(`${organization.id}/${made.id}`, made);
      return made;
    });
    return { CreateAccountStatus: begunCreation(creation) };
  },
};

/** An address belongs to one account; AWS says so in the status, not in an error. */
async function isTaken(writers: Writers, organization: Organization, email: string): Promise<boolean> {
  for await (const node of everyNode(writers, organization)) {
    if (node.kind === 'ACCOUNT' && node.record.email.toLowerCase() === email.toLowerCase()) return true;
  }
  return false;
}

async function createMember(
  writers: Writers,
  organization: Organization,
  input: CreateAccountRequest,
  call: Call,
): Promise<AccountId> {
  const id = await newAccountId(writers, organization, call);
  const account: OrganizationAccount = {
    id,
    name: input.AccountName,
    email: input.Email,
    status: 'ACTIVE',
    joinedMethod: 'CREATED',
    joinDate: call.now,
    parentId: organization.root.id,
    policies: await holdDefaults(writers, organization, id),
    tags: input.Tags ?? [],
  };
  await addChild(writers, organization, { kind: 'ACCOUNT', record: account });
  await createAccessRole(writers, id, organization.managementAccount, input.RoleName ?? DEFAULT_ROLE_NAME, call);
  return id;
}

/** A number that no account of this Sojourn has, noted as a member's in the same step. */
async function newAccountId(writers: Writers, organization: Organization, call: Call): Promise<AccountId> {
  for (;;) {
    const id = makeAccountId(call.sojourn.random);
    const used = id === call.sojourn.account || (await writers.roles.count(`${id}/`)) > 0;
    if (!used && (await writers.organizationMembers.create(id, { name: organization.id }))) return id;
  }
}

function draftCreation(input: CreateAccountRequest, accountId: AccountId | undefined, call: Call): AccountCreation {
  return {
    id: makeCreationId(call.sojourn.random),
    accountName: input.AccountName,
    requestDate: call.now,
    completeDate: call.now,
    accountId,
    failureReason: accountId === undefined ? 'EMAIL_ALREADY_EXISTS' : undefined,
  };
}
