/** Records as Organizations' answers print them. */
import { awsOrganizationPolicy } from '../../federation/organization-managed-policies.ts';
import type * as Kept from '../../storage/state/organization-records.ts';
import type { Readers } from '../../storage/state/state.ts';
import type {
  Account,
  CreateAccountStatus,
  Organization,
  OrganizationalUnit,
  Policy,
  PolicySummary,
  PolicyTargetSummary,
  Root,
} from '../../wire/generated/organizations-types.ts';
import { nodeArn, organizationArn } from './ids.ts';
import { pathOf, type Node } from './tree.ts';

/** The name that AWS gives every root. */
const ROOT_NAME = 'Root';

/** As CreateOrganization and DescribeOrganization print it. */
export function organizationAnswer(organization: Kept.Organization): Organization {
  const { id, featureSet, managementAccount, managementEmail } = organization;
  return {
    Id: id,
    Arn: organizationArn(organization),
    FeatureSet: featureSet,
    MasterAccountArn: nodeArn(organization, managementAccount),
    MasterAccountId: managementAccount,
    MasterAccountEmail: managementEmail,
    // Deprecated by AWS, which fills it like this whatever the root has enabled.
    AvailablePolicyTypes: featureSet === 'ALL' ? [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }] : [],
  };
}

/**
 * The root with its enabled policy types, in order of their names.
 *
 * @param pending the type that is printed as on its way
 */
export function rootAnswer(organization: Kept.Organization, pending?: Kept.OrganizationPolicyType): Root {
  const { id, enabledPolicyTypes } = organization.root;
  const types = [...enabledPolicyTypes].sort();
  return {
    Id: id,
    Arn: nodeArn(organization, id),
    Name: ROOT_NAME,
    PolicyTypes: types.map((type) => ({ Type: type, Status: type === pending ? 'PENDING_ENABLE' : 'ENABLED' })),
  };
}

/** A unit with its path. */
export async function unitAnswer(
  readers: Readers,
  organization: Kept.Organization,
  unit: Kept.OrganizationalUnit,
): Promise<OrganizationalUnit> {
  return {
    Id: unit.id,
    Arn: nodeArn(organization, unit.id),
    Name: unit.name,
    Path: await pathOf(readers, organization, unit),
  };
}

/**
 * An account with its path. AWS retired `Status` for `State` in September 2026; clients of before read the
 * first, where a closed account is `SUSPENDED` (Organizations User Guide, account states).
 */
export async function accountAnswer(
  readers: Readers,
  organization: Kept.Organization,
  account: Kept.OrganizationAccount,
): Promise<Account> {
  return {
    Id: account.id,
    Arn: nodeArn(organization, account.id),
    Email: account.email,
    Name: account.name,
    Status: account.status,
    State: account.status === 'ACTIVE' ? 'ACTIVE' : 'CLOSED',
    Paths: [await pathOf(readers, organization, account)],
    JoinedMethod: account.joinedMethod,
    JoinedTimestamp: new Date(account.joinDate),
  };
}

/** A policy without its document. */
export function policySummary(policy: Kept.OrganizationPolicy): PolicySummary {
  return {
    Id: policy.id,
    Arn: policy.arn,
    Name: policy.name,
    Description: policy.description,
    Type: policy.type,
    AwsManaged: awsOrganizationPolicy(policy.id) !== undefined,
  };
}

/** A policy with its document. */
export function policyAnswer(policy: Kept.OrganizationPolicy): Policy {
  return { PolicySummary: policySummary(policy), Content: policy.content };
}

/** A node as the target of a policy. */
export function targetSummary(organization: Kept.Organization, node: Node): PolicyTargetSummary {
  return {
    TargetId: node.record.id,
    Arn: nodeArn(organization, node.record.id),
    Name: node.kind === 'ROOT' ? ROOT_NAME : node.record.name,
    Type: node.kind,
  };
}

/** What CreateAccount answers: AWS begins, and says what came of it when it is asked again. */
export function begunCreation(creation: Kept.AccountCreation): CreateAccountStatus {
  return {
    Id: creation.id,
    AccountName: creation.accountName,
    State: 'IN_PROGRESS',
    RequestedTimestamp: new Date(creation.requestDate),
  };
}

/** Accounts are made at once: who asks for a creation finds it at its end. */
export function creationState({ accountId }: Kept.AccountCreation): 'SUCCEEDED' | 'FAILED' {
  return accountId === undefined ? 'FAILED' : 'SUCCEEDED';
}

/** What became of one CreateAccount. */
export function creationAnswer(creation: Kept.AccountCreation): CreateAccountStatus {
  return {
    Id: creation.id,
    AccountName: creation.accountName,
    State: creationState(creation),
    RequestedTimestamp: new Date(creation.requestDate),
    CompletedTimestamp: new Date(creation.completeDate),
    ...(creation.accountId !== undefined && { AccountId: creation.accountId }),
    ...(creation.failureReason !== undefined && { FailureReason: creation.failureReason }),
  };
}
