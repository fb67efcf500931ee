import type { Empty, PutBucketTaggingRequest } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { resourceTagKeys } from './condition-keys.ts';
import { changeBucket } from './existing-bucket.ts';
import { onBucket } from './permissions.ts';
import { checkBucketTags } from './tag-sets.ts';

/** Replaces the tags of a bucket. */
export const putBucketTagging: Operation<PutBucketTaggingRequest, Empty> = {
  name: 'PutBucketTagging',
  permission: onBucket('s3:PutBucketTagging', (input) => resourceTagKeys(input.Tagging.TagSet)),
  async handle(input, call) {
    const tags = input.Tagging.TagSet;
    checkBucketTags(tags);
    await changeBucket(input, call, (bucket) => ({ ...bucket, tags }));
    return {};
  },
};
