/** `RestrictPublicBuckets`: a bucket with a public policy is then for its own account only. */
import { isPublicBucketPolicy } from '../../federation/public-bucket-policy.ts';
import type { Bucket } from '../../storage/state/bucket-record.ts';
import type { Call } from '../operation.ts';
import { s3Error } from './errors.ts';
import { publicAccessBlockOf } from './public-access-block.ts';

/**
 * Shuts other accounts and the anonymous out, also where the policy is public to them only in part
 * (S3 User Guide, "Blocking public access").
 *
 * @throws ServiceError AccessDenied, without a word more: S3 gives strangers none
 */
export function checkRestricted(bucket: Bucket, { caller, sojourn }: Call): void {
  if (caller.kind !== 'anonymous' && caller.account === bucket.account) return;
  if (bucket.policy === undefined || publicAccessBlockOf(bucket)?.RestrictPublicBuckets !== true) return;
  if (!isPublicBucketPolicy(sojourn.policies.get(bucket.policy).policy)) return;
  throw s3Error('AccessDenied', 'Access Denied', {
    reason: 'RestrictPublicBuckets is on and the bucket policy is public',
  });
}
