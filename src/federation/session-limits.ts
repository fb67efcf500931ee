/** What a session may be asked for: duration, session policies, tags (reference aws-federation 1.5, 1.7, 1.8, 6). */
import { deflateRawSync } from 'node:zlib';
import type { AccountId } from '../base/arn.ts';
import type { Tag } from '../base/tags.ts';
import { validatePolicy } from '../policy/validate.ts';
import type { Role } from '../storage/state/iam-records.ts';
import { managedPolicyDocument } from './policies-of.ts';
import { belongsTo } from './role-arn.ts';
import type { Sojourn } from './sojourn.ts';
import { stsError } from './sts-errors.ts';

const DEFAULT_DURATION = 3600;
/** A chained session lives one hour at most, whatever the role allows. */
const CHAINED_DURATION = 3600;
/** Plain text of the inline policy and the ARNs together. */
const POLICY_TEXT_LIMIT = 2048;
const POLICY_ARN_LIMIT = 10;
const TAG_LIMIT = 50;
/** Bytes that 100 % of the packed space stand for. AWS does not publish it; this fits the recorded percentages. */
const PACKED_LIMIT = 2500;
/** What the packed identity of a web-identity session weighs before its subject, and what 100 % of them are, in characters. */
const PACKED_IDENTITY = 713;
/** Both fit what was recorded: 24 % for no subject and for one letter, 25 % for 13, 34 % for 300. */
const PACKED_IDENTITY_LIMIT = 3000;

/** The session policies of a request. */
export interface SessionPolicies {
  readonly policy: string | undefined;
  readonly policyArns: readonly string[];
}

/**
 * Seconds that the session will live.
 *
 * @throws ServiceError ValidationError over the role's maximum, or over one hour when chained
 */
export function sessionDuration(asked: number | undefined, role: Role, chained: boolean): number {
  const duration = asked ?? DEFAULT_DURATION;
  if (duration > (role.maxSessionDuration ?? DEFAULT_DURATION)) {
    throw stsError(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
  if (chained && duration > CHAINED_DURATION) {
    throw stsError(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
  }
  return duration;
}

/**
 * Checks the session policies of a request against `account`, the role's.
 *
 * @throws ServiceError MalformedPolicyDocument, PackedPolicyTooLarge or ValidationError
 */
export async function checkSessionPolicies(
  policies: SessionPolicies,
  account: AccountId,
  sojourn: Sojourn,
): Promise<void> {
  const { policy, policyArns } = policies;
  const length = (policy?.length ?? 0) + policyArns.reduce((sum, arn) => sum + arn.length, 0);
  if (policyArns.length > POLICY_ARN_LIMIT) {
    throw stsError(
      'ValidationError',
      `1 validation error detected: Value at 'policyArns' failed to satisfy constraint: Member must have length less than or equal to ${POLICY_ARN_LIMIT}`,
    );
  }
  if (length > POLICY_TEXT_LIMIT) {
    const percent = Math.ceil((100 * length) / POLICY_TEXT_LIMIT);
    throw stsError('PackedPolicyTooLarge', `Packed size of policy consumes ${percent}% of allotted space.`);
  }
  if (policy !== undefined) {
    const checked = validatePolicy(policy, 'session');
    if (checked.kind === 'malformed') throw stsError('MalformedPolicyDocument', checked.message);
  }
  for (const arn of policyArns) {
    const known = belongsTo(arn, account) && (await managedPolicyDocument(arn, sojourn)) !== undefined;
    if (!known) throw stsError('ValidationError', `Policy ${arn} does not exist or is not attachable.`);
  }
}

/**
 * Session tags by AWS's rules.
 *
 * @throws ServiceError InvalidParameterValue or ValidationError
 */
export function checkSessionTags(tags: readonly Tag[], transitiveTagKeys: readonly string[]): void {
  if (tags.length > TAG_LIMIT) {
    throw stsError(
      'ValidationError',
      `1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to ${TAG_LIMIT}`,
    );
  }
  const keys = new Set(tags.map((tag) => tag.Key.toLowerCase()));
  if (keys.size !== tags.length) {
    throw stsError(
      'InvalidParameterValue',
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    );
  }
  for (const key of keys) {
    if (key.startsWith('aws:')) {
      throw stsError('InvalidParameterValue', 'aws: prefixed tag key names are not allowed for external use.');
    }
  }
  if (transitiveTagKeys.some((key) => !keys.has(key.toLowerCase()))) {
    throw stsError('InvalidParameterValue', 'The specified transitive tag key must be included in the requested tags.');
  }
}

/**
 * PackedPolicySize in percent.
 *
 * @param subject the web identity's, which is packed too; undefined for AssumeRole
 * @throws ServiceError PackedPolicyTooLarge over 100 %
 */
export function packedPolicySize(policies: SessionPolicies, tags: readonly Tag[], subject: string | undefined): number {
  const identity = subject === undefined ? 0 : (PACKED_IDENTITY + subject.length) / PACKED_IDENTITY_LIMIT;
  const hasExtra = policies.policy !== undefined || policies.policyArns.length > 0 || tags.length > 0;
  const extra = hasExtra
    ? deflateRawSync(JSON.stringify([policies.policy, policies.policyArns, tags.map((tag) => [tag.Key, tag.Value])]))
        .length
    : 0;
  // The identity alone never fills the space.
  const percent = Math.ceil(100 * (Math.min(identity, 0.5) + extra / PACKED_LIMIT));
  if (percent > 100) {
    const what = tags.length > 0 ? 'session tags' : 'policy';
    throw stsError('PackedPolicyTooLarge', `Packed size of ${what} consumes ${percent}% of allotted space.`);
  }
  return percent;
}
