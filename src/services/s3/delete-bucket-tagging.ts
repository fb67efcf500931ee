import type { DeleteBucketTaggingRequest, Empty } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { changeBucket } from './existing-bucket.ts';
import { onBucket } from './permissions.ts';

/** Takes all tags from a bucket. Needs `s3:PutBucketTagging`: there is no action of its own. */
export const deleteBucketTagging: Operation<DeleteBucketTaggingRequest, Empty> = {
  name: 'DeleteBucketTagging',
  permission: onBucket('s3:PutBucketTagging'),
  async handle(input, call) {
    await changeBucket(input, call, (bucket) => ({ ...bucket, tags: [] }));
    return {};
  },
};
