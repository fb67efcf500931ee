import type { GetBucketTaggingOutput, GetBucketTaggingRequest } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { s3Error } from './errors.ts';
import { existingBucket } from './existing-bucket.ts';
import { onBucket } from './permissions.ts';

/** The tags of a bucket; unlike an object's, none is an error. */
export const getBucketTagging: Operation<GetBucketTaggingRequest, GetBucketTaggingOutput> = {
  name: 'GetBucketTagging',
  permission: onBucket('s3:GetBucketTagging'),
  async handle(input, call) {
    const bucket = await existingBucket(input, call);
    if (bucket.tags.length === 0) {
      throw s3Error('NoSuchTagSet', 'The TagSet does not exist', { details: { BucketName: bucket.name } });
    }
    return { TagSet: bucket.tags };
  },
};
