import type { Empty, PutBucketAclRequest } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { writeKeys } from './condition-keys.ts';
import { existingBucket } from './existing-bucket.ts';
import { checkAcl } from './owner-grant.ts';
import { onBucket } from './permissions.ts';

/** Accepts an ACL that changes nothing, refuses every other. */
export const putBucketAcl: Operation<PutBucketAclRequest, Empty> = {
  name: 'PutBucketAcl',
  permission: onBucket('s3:PutBucketAcl', (_input, call) => writeKeys(call)),
  async handle(input, call) {
    checkAcl(input, await existingBucket(input, call));
    return {};
  },
};
