/** GetAccountSummary: counts and quotas of the account. */
import type { AccountId } from '../../base/arn.ts';
import type { Readers } from '../../storage/state/state.ts';
import type { Empty, GetAccountSummaryResponse, summaryKeyType } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { onResource } from './permissions.ts';
import { holderPrefix } from './policy-holders.ts';
import { ACCOUNT_QUOTAS, INLINE_POLICY_SIZE, QUOTAS } from './quotas.ts';

export const getAccountSummary: Operation<Empty, GetAccountSummaryResponse> = {
  name: 'GetAccountSummary',
  permission: onResource('iam:GetAccountSummary', () => '*'),
  handle: async (_, call) => ({
    SummaryMap: { ...(await countsOf(call.sojourn.state, call.account)), ...LIMITS },
  }),
};

type Summary = Readonly<Partial<Record<summaryKeyType, number>>>;

/** What the account has; what Sojourn does not have at all (MFA devices, certificates, passwords) counts zero. */
async function countsOf(readers: Readers, account: AccountId): Promise<Summary> {
  const prefix = `${account}/`;
  return {
    Users: await readers.users.count(prefix),
    Groups: await readers.groups.count(prefix),
    Roles: await readers.roles.count(prefix),
    Policies: await readers.policyNames.count(prefix),
    Providers: await readers.openIDConnectProviders.count(prefix),
    InstanceProfiles: await readers.instanceProfiles.count(prefix),
    AccountAccessKeysPresent: 1,
    AccountMFAEnabled: 0,
    AccountPasswordPresent: 0,
    AccountSigningCertificatesPresent: 0,
    MFADevices: 0,
    MFADevicesInUse: 0,
    ServerCertificates: 0,
    PolicyVersionsInUse: await policiesInUse(readers, account),
  };
}

/** Managed policies of AWS or the account that anything holds, as permissions or as boundary (observed on AWS, September 2026). */
async function policiesInUse(readers: Readers, account: AccountId): Promise<number> {
  let count = 0;
  for (let after: string | undefined; ; count += 1) {
    const [holder] = await readers.policyHolders.list(`${account}|`, { after, limit: 1 });
    if (holder === undefined) return count;
    // Past all that hold this policy: no use of one begins with a tilde.
    after = `${holderPrefix(account, holder.policyArn)}~`;
  }
}

/** AWS's defaults; those of a whole account are told whether they are held to or not. */
const LIMITS: Summary = {
  AccessKeysPerUserQuota: QUOTAS.AccessKeysPerUser,
  AssumeRolePolicySizeQuota: QUOTAS.ACLSizePerRole,
  AttachedPoliciesPerGroupQuota: QUOTAS.PoliciesPerGroup,
  AttachedPoliciesPerRoleQuota: QUOTAS.PoliciesPerRole,
  AttachedPoliciesPerUserQuota: QUOTAS.PoliciesPerUser,
  GlobalEndpointTokenVersion: 2,
  GroupsQuota: ACCOUNT_QUOTAS.GroupsPerAccount,
  InstanceProfilesQuota: ACCOUNT_QUOTAS.InstanceProfilesPerAccount,
  PoliciesQuota: ACCOUNT_QUOTAS.PoliciesPerAccount,
  PolicyVersionsInUseQuota: 10_000,
  RolesQuota: ACCOUNT_QUOTAS.RolesPerAccount,
  ServerCertificatesQuota: 20,
  SigningCertificatesPerUserQuota: 2,
  UsersQuota: ACCOUNT_QUOTAS.UsersPerAccount,
  GroupPolicySizeQuota: INLINE_POLICY_SIZE.group,
  GroupsPerUserQuota: QUOTAS.GroupsPerUser,
  PolicySizeQuota: QUOTAS.PolicySize,
  RolePolicySizeQuota: INLINE_POLICY_SIZE.role,
  UserPolicySizeQuota: INLINE_POLICY_SIZE.user,
  VersionsPerPolicyQuota: QUOTAS.VersionsPerPolicy,
};
