import { NULL_VERSION } from '../../base/version-id.ts';
import type { DeleteObjectOutput, DeleteObjectRequest } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { deleteRequirement } from './deletion.ts';
import { notImplemented } from './errors.ts';
import { existingBucket } from './existing-bucket.ts';
import { checkKey, checkVersion } from './object-keys.ts';

/** Deletes an object; deleting one that is not there succeeds as well. */
export const deleteObject: Operation<DeleteObjectRequest, DeleteObjectOutput> = {
  name: 'DeleteObject',
  permission: {
    kind: 'actions',
    actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
    requirements: async (input, call) => {
      const bucket = await existingBucket(input, call);
      checkKey(input.Key);
      return [deleteRequirement(bucket, input, call)];
    },
  },
  async handle(input, call) {
    const { IfMatch, IfMatchLastModifiedTime, IfMatchSize } = input;
    if ([IfMatch, IfMatchLastModifiedTime, IfMatchSize].some((condition) => condition !== undefined)) {
      throw notImplemented('conditional deletes');
    }
    checkVersion(input.Key, input.VersionId);
    await call.sojourn.objects.delete(input.Bucket, input.Key, NULL_VERSION);
    return { VersionId: input.VersionId };
  },
};
