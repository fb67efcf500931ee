import type { Empty, PutBucketOwnershipControlsRequest } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { setConfiguration } from './bucket-configurations.ts';
import { malformedXml } from './errors.ts';
import { OWNERSHIP } from './ownership.ts';
import { onBucket } from './permissions.ts';

/** Sets whether ACLs count in the bucket: one rule, no more. */
export const putBucketOwnershipControls: Operation<PutBucketOwnershipControlsRequest, Empty> = {
  name: 'PutBucketOwnershipControls',
  permission: onBucket('s3:PutBucketOwnershipControls'),
  async handle(input, call) {
    const [rule, second] = input.OwnershipControls.Rules;
    if (rule === undefined || second !== undefined) {
      throw malformedXml();
    }
    await setConfiguration(input, OWNERSHIP, rule.ObjectOwnership, call);
    return {};
  },
};
