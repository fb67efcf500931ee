import type { DeleteObjectTaggingOutput, DeleteObjectTaggingRequest } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { existingBucket } from './existing-bucket.ts';
import { existingObject, SUBRESOURCE } from './missing-object.ts';
import { noSuchVersion, shownVersionId } from './object-versions.ts';
import { onExistingObject } from './permissions.ts';

/** Takes all tags from an object. */
export const deleteObjectTagging: Operation<DeleteObjectTaggingRequest, DeleteObjectTaggingOutput> = {
  name: 'DeleteObjectTagging',
  permission: onExistingObject(['s3:DeleteObjectTagging']),
  async handle(input, call) {
    const bucket = await existingBucket(input, call);
    const { versionId } = await existingObject(input, call, SUBRESOURCE);
    const changed = await call.sojourn.objects.update(input.Bucket, input.Key, versionId, (object) => ({
      ...object,
      tags: {},
    }));
    if (!changed) throw noSuchVersion(input.Key, versionId);
    return { VersionId: shownVersionId(bucket, versionId) };
  },
};
