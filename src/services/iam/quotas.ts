/** IAM's default quotas (reference aws-federation 3 and 8.1) and the one sentence that most of them share. */
import type { ServiceError } from '../../base/service-error.ts';
import type { Call } from '../operation.ts';
import { iamError } from './errors.ts';

/** Quota name, as AWS prints it, → its default. Sizes are characters without the whitespace between JSON tokens. */
export const QUOTAS = {
  ACLSizePerRole: 2048,
  AccessKeysPerUser: 2,
  ClientIdsPerOpenIdConnectProvider: 100,
  GroupsPerUser: 10,
  InstanceSessionsPerInstanceProfile: 1,
  OpenIDConnectProvidersPerAccount: 100,
  PoliciesPerGroup: 10,
  PoliciesPerRole: 10,
  PoliciesPerUser: 10,
  PolicySize: 6144,
  TagsPerResource: 50,
  ThumbprintsPerOpenIdConnectProvider: 5,
  VersionsPerPolicy: 5,
} as const;

/** How many of a kind an account may have on AWS unless it asks for more; held to where the operator says so. */
export const ACCOUNT_QUOTAS = {
  GroupsPerAccount: 300,
  InstanceProfilesPerAccount: 1000,
  PoliciesPerAccount: 1500,
  RolesPerAccount: 1000,
  UsersPerAccount: 5000,
} as const;

/** Characters of all inline policies of one entity together. */
export const INLINE_POLICY_SIZE = { group: 5120, role: 10_240, user: 2048 } as const;

/** `Cannot exceed quota for {name}: {limit}`. */
export function quotaExceeded(name: keyof typeof QUOTAS): ServiceError {
  return exceeded(name, QUOTAS[name]);
}

/**
 * Throws `LimitExceeded` when one more is too many and `--account-quotas` is on.
 *
 * @param reader where the kind is kept, under `{account}/`; asked in the transaction that has written the new one
 */
export async function holdToQuota(
  call: Call,
  name: keyof typeof ACCOUNT_QUOTAS,
  reader: { readonly count: (prefix: string) => Promise<number> },
): Promise<void> {
  if (call.sojourn.accountQuotas !== true) return;
  const limit = ACCOUNT_QUOTAS[name];
  if ((await reader.count(`${call.account}/`)) > limit) throw exceeded(name, limit);
}

function exceeded(name: string, limit: number): ServiceError {
  return iamError('LimitExceeded', `Cannot exceed quota for ${name}: ${limit}`);
}
