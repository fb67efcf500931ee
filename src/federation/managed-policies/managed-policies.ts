/** The AWS managed policies that Sojourn ships, found by ARN or listed by name. */
import { administratorAccess } from './administrator-access.ts';
import { amazonS3FullAccess } from './amazon-s3-full-access.ts';
import { amazonS3ReadOnlyAccess } from './amazon-s3-read-only-access.ts';
import type { AwsManagedPolicy } from './aws-managed-policy.ts';
import { iamFullAccess } from './iam-full-access.ts';
import { powerUserAccess } from './power-user-access.ts';
import { readOnlyAccess } from './read-only-access.ts';
import { securityAudit } from './security-audit.ts';

export type { AwsManagedPolicy };

/** All of them, by name. */
export const AWS_MANAGED_POLICIES: readonly AwsManagedPolicy[] = [
  administratorAccess,
  amazonS3FullAccess,
  amazonS3ReadOnlyAccess,
  iamFullAccess,
  powerUserAccess,
  readOnlyAccess,
  securityAudit,
];

const BY_ARN: ReadonlyMap<string, AwsManagedPolicy> = new Map(
  AWS_MANAGED_POLICIES.map((policy) => [policy.arn, policy]),
);

/** The AWS managed policy of this ARN; undefined when Sojourn has none. */
export function awsManagedPolicy(arn: string): AwsManagedPolicy | undefined {
  return BY_ARN.get(arn);
}
