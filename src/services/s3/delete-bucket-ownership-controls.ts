import type { DeleteBucketOwnershipControlsRequest, Empty } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { dropConfiguration } from './bucket-configurations.ts';
import { OWNERSHIP } from './ownership.ts';
import { onBucket } from './permissions.ts';

/** Takes the ownership controls away. Needs `s3:PutBucketOwnershipControls`: there is no action of its own. */
export const deleteBucketOwnershipControls: Operation<DeleteBucketOwnershipControlsRequest, Empty> = {
  name: 'DeleteBucketOwnershipControls',
  permission: onBucket('s3:PutBucketOwnershipControls'),
  async handle(input, call) {
    await dropConfiguration(input, OWNERSHIP, call);
    return {};
  },
};
