/** Finding the bucket that a request names, before anything is asked about permission. */
import { s3Arn } from '../../base/arn.ts';
import type { ServiceError } from '../../base/service-error.ts';
import type { Bucket } from '../../storage/state/bucket-record.ts';
import type { Call } from '../operation.ts';
import { isBucketName } from './bucket-names.ts';
import { s3Error } from './errors.ts';
import { checkRestricted } from './restricted-buckets.ts';

/** What every request on a bucket carries. */
export interface BucketInput {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

/**
 * The bucket that `input` names, noted for the audit event. S3 tells anybody whether a bucket exists,
 * so this comes before authorization.
 *
 * @throws ServiceError InvalidBucketName, NoSuchBucket; AccessDenied when it belongs to another account
 *   than `x-amz-expected-bucket-owner`, or is restricted to its own
 */
export async function existingBucket(input: BucketInput, call: Call): Promise<Bucket> {
  const name = input.Bucket;
  if (!isBucketName(name)) {
    throw s3Error('InvalidBucketName', 'The specified bucket is not valid.', { details: { BucketName: name } });
  }
  const bucket = await call.sojourn.state.buckets.get(name);
  if (bucket === undefined) throw noSuchBucket(name);
  noteBucket(bucket, call);
  checkRestricted(bucket, call);
  if (input.ExpectedBucketOwner !== undefined && input.ExpectedBucketOwner !== bucket.account) {
    throw s3Error('AccessDenied', 'Access Denied', { reason: 'the bucket is not the expected owner’s' });
  }
  return bucket;
}

/** The error for a bucket that is not there. */
export function noSuchBucket(name: string): ServiceError {
  return s3Error('NoSuchBucket', 'The specified bucket does not exist', { details: { BucketName: name } });
}

/** Once among the resources of the call's audit event, however often the call looks it up. */
function noteBucket(bucket: Bucket, call: Call): void {
  const ARN = s3Arn(bucket.name);
  const { resources } = call.notes;
  if (!resources.some((noted) => noted.ARN === ARN)) {
    resources.push({ accountId: bucket.account, type: 'AWS::S3::Bucket', ARN });
  }
}

/**
 * Changes the bucket's record in one transaction.
 *
 * @throws ServiceError NoSuchBucket when it has gone meanwhile
 */
export async function changeBucket(input: BucketInput, call: Call, change: (bucket: Bucket) => Bucket): Promise<void> {
  await call.sojourn.state.write(async ({ buckets }) => {
    const bucket = await buckets.get(input.Bucket);
    if (bucket === undefined) throw noSuchBucket(input.Bucket);
    await buckets.put(bucket.name, change(bucket));
  });
}
