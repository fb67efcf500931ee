import type { DeleteBucketEncryptionRequest, Empty } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { dropConfiguration } from './bucket-configurations.ts';
import { ENCRYPTION } from './encryption.ts';
import { onBucket } from './permissions.ts';

/** Back to the default, SSE-S3. Needs `s3:PutEncryptionConfiguration`: there is no action of its own. */
export const deleteBucketEncryption: Operation<DeleteBucketEncryptionRequest, Empty> = {
  name: 'DeleteBucketEncryption',
  permission: onBucket('s3:PutEncryptionConfiguration'),
  async handle(input, call) {
    await dropConfiguration(input, ENCRYPTION, call);
    return {};
  },
};
