import type { Empty, PutPublicAccessBlockRequest } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { setConfiguration } from './bucket-configurations.ts';
import { onBucket } from './permissions.ts';
import { printPublicAccessBlock, PUBLIC_ACCESS_BLOCK } from './public-access-block.ts';

/** Sets which kinds of public access the bucket shuts out. */
export const putPublicAccessBlock: Operation<PutPublicAccessBlockRequest, Empty> = {
  name: 'PutPublicAccessBlock',
  permission: onBucket('s3:PutBucketPublicAccessBlock'),
  async handle(input, call) {
    const text = printPublicAccessBlock(input.PublicAccessBlockConfiguration);
    await setConfiguration(input, PUBLIC_ACCESS_BLOCK, text, call);
    return {};
  },
};
