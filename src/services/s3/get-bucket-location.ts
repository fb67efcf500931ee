import type { GetBucketLocationOutput, GetBucketLocationRequest } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { existingBucket } from './existing-bucket.ts';
import { onBucket } from './permissions.ts';
import { constraintOf } from './regions.ts';

/** The location constraint of a bucket: empty for us-east-1. */
export const getBucketLocation: Operation<GetBucketLocationRequest, GetBucketLocationOutput> = {
  name: 'GetBucketLocation',
  permission: onBucket('s3:GetBucketLocation'),
  async handle(input, call) {
    const bucket = await existingBucket(input, call);
    return { LocationConstraint: constraintOf(bucket.region) };
  },
};
