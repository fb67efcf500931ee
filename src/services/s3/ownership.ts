/** Object ownership of a bucket: whether ACLs count at all. */
import type { Bucket } from '../../storage/state/bucket-record.ts';
import type { ObjectOwnership } from '../../wire/generated/s3-types.ts';

/** Name under which a bucket keeps it among its configurations. */
export const OWNERSHIP = 'ownershipControls';

const SETTINGS = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'] as const;

/** The setting, or undefined after DeleteBucketOwnershipControls. */
export function ownershipOf(bucket: Bucket): ObjectOwnership | undefined {
  return SETTINGS.find((setting) => setting === bucket.configurations[OWNERSHIP]);
}
