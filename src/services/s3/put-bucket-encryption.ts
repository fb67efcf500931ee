import type { Empty, PutBucketEncryptionRequest } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { setConfiguration } from './bucket-configurations.ts';
import { ENCRYPTION, printEncryption } from './encryption.ts';
import { onBucket } from './permissions.ts';

/** Sets the default encryption of a bucket, which can only be SSE-S3. */
export const putBucketEncryption: Operation<PutBucketEncryptionRequest, Empty> = {
  name: 'PutBucketEncryption',
  permission: onBucket('s3:PutEncryptionConfiguration'),
  async handle(input, call) {
    await setConfiguration(input, ENCRYPTION, printEncryption(input.ServerSideEncryptionConfiguration), call);
    return {};
  },
};
