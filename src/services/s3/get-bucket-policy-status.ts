import { isPublicBucketPolicy } from '../../federation/public-bucket-policy.ts';
import type { GetBucketPolicyStatusOutput, GetBucketPolicyStatusRequest } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { noSuchBucketPolicy } from './bucket-policies.ts';
import { existingBucket } from './existing-bucket.ts';
import { onBucket } from './permissions.ts';

/** Whether the bucket policy is public. */
export const getBucketPolicyStatus: Operation<GetBucketPolicyStatusRequest, GetBucketPolicyStatusOutput> = {
  name: 'GetBucketPolicyStatus',
  permission: onBucket('s3:GetBucketPolicyStatus'),
  async handle(input, call) {
    const bucket = await existingBucket(input, call);
    if (bucket.policy === undefined) throw noSuchBucketPolicy(bucket);
    const { policy } = call.sojourn.policies.get(bucket.policy);
    return { PolicyStatus: { IsPublic: isPublicBucketPolicy(policy) } };
  },
};
