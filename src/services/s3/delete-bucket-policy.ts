import type { DeleteBucketPolicyRequest, Empty } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { onBucketPolicy, ownBucket } from './bucket-policies.ts';
import { changeBucket } from './existing-bucket.ts';

/** Takes the policy from the bucket; taking one that is not there succeeds as well. */
export const deleteBucketPolicy: Operation<DeleteBucketPolicyRequest, Empty> = {
  name: 'DeleteBucketPolicy',
  permission: onBucketPolicy('s3:DeleteBucketPolicy'),
  async handle(input, call) {
    await ownBucket(input, call);
    await changeBucket(input, call, (bucket) => ({ ...bucket, policy: undefined }));
    return {};
  },
};
