/** Versions of a managed policy. */
import type { ServiceError } from '../../base/service-error.ts';
import type { PolicyVersion } from '../../storage/state/iam-records.ts';
import { iamError } from './errors.ts';
import type { PolicyFacts } from './managed-policies.ts';

/** The version of that id. Throws `NoSuchEntity`. */
export function findVersion(policy: PolicyFacts, versionId: string): PolicyVersion {
  const version = policy.versions.find(({ id }) => id === versionId);
  if (version === undefined) throw versionNotFound(policy.arn, versionId);
  return version;
}

/** Of a policy that is not there, too (observed on AWS in 2026). */
export function versionNotFound(arn: string, versionId: string): ServiceError {
  return iamError('NoSuchEntity', `Policy ${arn} version ${versionId} does not exist or is not attachable.`);
}
