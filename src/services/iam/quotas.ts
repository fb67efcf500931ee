/** IAM's default quotas (reference aws-federation 3 and 8.1) and the one sentence that most of them share. */
import type { ServiceError } from '../../base/service-error.ts';
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

/** Characters of all inline policies of one entity together. */
export const INLINE_POLICY_SIZE = { group: 5120, role: 10_240, user: 2048 } as const;

/** `Cannot exceed quota for {name}: {limit}`. */
export function quotaExceeded(name: keyof typeof QUOTAS): ServiceError {
  return iamError('LimitExceeded', `Cannot exceed quota for ${name}: ${QUOTAS[name]}`);
}
