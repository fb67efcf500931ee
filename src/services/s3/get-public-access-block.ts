import type { GetPublicAccessBlockOutput, GetPublicAccessBlockRequest } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { s3Error } from './errors.ts';
import { existingBucket } from './existing-bucket.ts';
import { onBucket } from './permissions.ts';
import { publicAccessBlockOf } from './public-access-block.ts';

/** Which kinds of public access the bucket shuts out. */
export const getPublicAccessBlock: Operation<GetPublicAccessBlockRequest, GetPublicAccessBlockOutput> = {
  name: 'GetPublicAccessBlock',
  permission: onBucket('s3:GetBucketPublicAccessBlock'),
  async handle(input, call) {
    const configuration = publicAccessBlockOf(await existingBucket(input, call));
    if (configuration === undefined) {
      throw s3Error('NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found', {
        details: { BucketName: input.Bucket },
      });
    }
    return { PublicAccessBlockConfiguration: configuration };
  },
};
