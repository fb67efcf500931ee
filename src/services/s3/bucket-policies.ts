/** Who may handle a bucket's policy: its own account, whatever the policy itself says. */
import type { ServiceError } from '../../base/service-error.ts';
import type { Bucket } from '../../storage/state/bucket-record.ts';
import type { Call, Permission } from '../operation.ts';
import { s3Error } from './errors.ts';
import { type BucketInput, existingBucket } from './existing-bucket.ts';
import { bucketRequirement } from './permissions.ts';

/**
 * The bucket, when the caller belongs to the account that owns it (API reference, GetBucketPolicy).
 *
 * @throws ServiceError MethodNotAllowed
 */
export async function ownBucket(input: BucketInput, call: Call): Promise<Bucket> {
  const bucket = await existingBucket(input, call);
  if (call.caller.kind !== 'anonymous' && call.caller.account === bucket.account) return bucket;
  throw s3Error('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
    reason: 'the caller is not of the account that owns the bucket',
  });
}

/**
 * Permission for an operation on the policy. The owning account's root user may always, even where the
 * policy denies it: nobody locks themselves out for good (API reference, PutBucketPolicy).
 */
export function onBucketPolicy<Input extends BucketInput>(action: string): Permission<Input> {
  return {
    kind: 'actions',
    actions: [action],
    requirements: async (input, call) => {
      const bucket = await existingBucket(input, call);
      const isOwnRoot = call.caller.kind === 'root' && call.caller.account === bucket.account;
      return isOwnRoot ? [] : [bucketRequirement(action, bucket, call)];
    },
  };
}

/** The error for a bucket without a policy. */
export function noSuchBucketPolicy(bucket: Bucket): ServiceError {
  return s3Error('NoSuchBucketPolicy', 'The bucket policy does not exist', { details: { BucketName: bucket.name } });
}
