import type { GetBucketVersioningOutput, GetBucketVersioningRequest } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { existingBucket } from './existing-bucket.ts';
import { onBucket } from './permissions.ts';

/** The versioning of a bucket: empty where it was never enabled. */
export const getBucketVersioning: Operation<GetBucketVersioningRequest, GetBucketVersioningOutput> = {
  name: 'GetBucketVersioning',
  permission: onBucket('s3:GetBucketVersioning'),
  async handle(input, call) {
    const bucket = await existingBucket(input, call);
    return { Status: bucket.versioning };
  },
};
