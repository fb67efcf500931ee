import type { GetBucketAclOutput, GetBucketAclRequest } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { existingBucket } from './existing-bucket.ts';
import { ownerAcl } from './owner-grant.ts';
import { onBucket } from './permissions.ts';

/** The ACL of a bucket: its owner has full control. */
export const getBucketAcl: Operation<GetBucketAclRequest, GetBucketAclOutput> = {
  name: 'GetBucketAcl',
  permission: onBucket('s3:GetBucketAcl'),
  async handle(input, call) {
    const bucket = await existingBucket(input, call);
    return ownerAcl(bucket.account);
  },
};
