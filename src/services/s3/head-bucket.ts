import type { HeadBucketOutput, HeadBucketRequest } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { existingBucket } from './existing-bucket.ts';
import { onBucket } from './permissions.ts';

/** Tells whether the bucket is there, and where. */
export const headBucket: Operation<HeadBucketRequest, HeadBucketOutput> = {
  name: 'HeadBucket',
  permission: onBucket('s3:ListBucket'),
  async handle(input, call) {
    const bucket = await existingBucket(input, call);
    return { BucketRegion: bucket.region, AccessPointAlias: false };
  },
};
