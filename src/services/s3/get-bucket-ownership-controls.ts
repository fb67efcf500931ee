import type {
  GetBucketOwnershipControlsOutput,
  GetBucketOwnershipControlsRequest,
} from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { s3Error } from './errors.ts';
import { existingBucket } from './existing-bucket.ts';
import { ownershipOf } from './ownership.ts';
import { onBucket } from './permissions.ts';

/** Whether ACLs count in the bucket. */
export const getBucketOwnershipControls: Operation<
  GetBucketOwnershipControlsRequest,
  GetBucketOwnershipControlsOutput
> = {
  name: 'GetBucketOwnershipControls',
  permission: onBucket('s3:GetBucketOwnershipControls'),
  async handle(input, call) {
    const setting = ownershipOf(await existingBucket(input, call));
    if (setting === undefined) {
      throw s3Error('OwnershipControlsNotFoundError', 'The bucket ownership controls were not found', {
        details: { BucketName: input.Bucket },
      });
    }
    return { OwnershipControls: { Rules: [{ ObjectOwnership: setting }] } };
  },
};
