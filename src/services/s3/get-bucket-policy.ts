import type { GetBucketPolicyOutput, GetBucketPolicyRequest } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { noSuchBucketPolicy, onBucketPolicy, ownBucket } from './bucket-policies.ts';

/** The bucket policy, as it was put. */
export const getBucketPolicy: Operation<GetBucketPolicyRequest, GetBucketPolicyOutput> = {
  name: 'GetBucketPolicy',
  permission: onBucketPolicy('s3:GetBucketPolicy'),
  async handle(input, call) {
    const bucket = await ownBucket(input, call);
    if (bucket.policy === undefined) throw noSuchBucketPolicy(bucket);
    return { Policy: bucket.policy };
  },
};
