import type { DeletePublicAccessBlockRequest, Empty } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { dropConfiguration } from './bucket-configurations.ts';
import { onBucket } from './permissions.ts';
import { PUBLIC_ACCESS_BLOCK } from './public-access-block.ts';

/** Shuts out nothing any more. Needs `s3:PutBucketPublicAccessBlock`: there is no action of its own. */
export const deletePublicAccessBlock: Operation<DeletePublicAccessBlockRequest, Empty> = {
  name: 'DeletePublicAccessBlock',
  permission: onBucket('s3:PutBucketPublicAccessBlock'),
  async handle(input, call) {
    await dropConfiguration(input, PUBLIC_ACCESS_BLOCK, call);
    return {};
  },
};
