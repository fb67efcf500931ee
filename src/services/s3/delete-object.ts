import type { DeleteObjectOutput, DeleteObjectRequest } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { DELETE_ACTIONS, deleteRequirements, deleteVersion, type DeletionInput } from './deletion.ts';
import { notImplemented } from './errors.ts';
import { existingBucket } from './existing-bucket.ts';
import { checkKey } from './object-keys.ts';
import { checkVersionId } from './object-versions.ts';

/** Deletes an object, hides it where versions are kept, or deletes one version; what is not there is no error. */
export const deleteObject: Operation<DeleteObjectRequest, DeleteObjectOutput> = {
  name: 'DeleteObject',
  permission: {
    kind: 'actions',
    actions: DELETE_ACTIONS,
    requirements: async (input, call) => {
      const bucket = await existingBucket(input, call);
      checkKey(input.Key);
      checkVersionId(input.VersionId);
      return deleteRequirements(bucket, deletionOf(input), call);
    },
  },
  async handle(input, call) {
    const bucket = await existingBucket(input, call);
    if (input.IfMatchLastModifiedTime !== undefined || input.IfMatchSize !== undefined) {
      throw notImplemented('deletes on conditions of time and size, which S3 has for directory buckets only');
    }
    const { versionId, deleteMarker } = await deleteVersion(bucket, deletionOf(input), call);
    return { VersionId: versionId, DeleteMarker: deleteMarker ? true : undefined };
  },
};

function deletionOf({ Key, VersionId, IfMatch }: DeleteObjectRequest): DeletionInput {
  return { Key, VersionId, match: IfMatch };
}
