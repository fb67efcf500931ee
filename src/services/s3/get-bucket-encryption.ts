import type { GetBucketEncryptionOutput, GetBucketEncryptionRequest } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { encryptionOf } from './encryption.ts';
import { existingBucket } from './existing-bucket.ts';
import { onBucket } from './permissions.ts';

/** The default encryption of a bucket. */
export const getBucketEncryption: Operation<GetBucketEncryptionRequest, GetBucketEncryptionOutput> = {
  name: 'GetBucketEncryption',
  permission: onBucket('s3:GetEncryptionConfiguration'),
  async handle(input, call) {
    return { ServerSideEncryptionConfiguration: encryptionOf(await existingBucket(input, call)) };
  },
};
