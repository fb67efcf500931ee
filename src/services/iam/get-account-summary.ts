/** GetAccountSummary: counts and quotas of the account. */
import type { Readers } from '../../storage/state/state.ts';
import type { Empty, GetAccountSummaryResponse, summaryKeyType } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { onResource } from './permissions.ts';
import { INLINE_POLICY_SIZE, QUOTAS } from './quotas.ts';

export const getAccountSummary: Operation<Empty, GetAccountSummaryResponse> = {
  name: 'GetAccountSummary',
  permission: onResource('iam:GetAccountSummary', () => '*'),
  handle: async (_, call) => ({
    SummaryMap: { ...(await countsOf(call.sojourn.state, `${call.account}/`)), ...LIMITS },
  }),
};

type Summary = Readonly<Partial<Record<summaryKeyType, number>>>;

/** What the account has; what Sojourn does not have at all (MFA devices, certificates, passwords) counts zero. */
async function countsOf(readers: Readers, prefix: string): Promise<Summary> {
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
  };
}

const LIMITS: Summary = {
  AccessKeysPerUserQuota: QUOTAS.AccessKeysPerUser,
  AssumeRolePolicySizeQuota: QUOTAS.ACLSizePerRole,
  AttachedPoliciesPerGroupQuota: QUOTAS.PoliciesPerGroup,
  AttachedPoliciesPerRoleQuota: QUOTAS.PoliciesPerRole,
  AttachedPoliciesPerUserQuota: QUOTAS.PoliciesPerUser,
  GlobalEndpointTokenVersion: 2,
  GroupPolicySizeQuota: INLINE_POLICY_SIZE.group,
  GroupsPerUserQuota: QUOTAS.GroupsPerUser,
  PolicySizeQuota: QUOTAS.PolicySize,
  RolePolicySizeQuota: INLINE_POLICY_SIZE.role,
  UserPolicySizeQuota: INLINE_POLICY_SIZE.user,
  VersionsPerPolicyQuota: QUOTAS.VersionsPerPolicy,
};
