import type { DeleteObjectTaggingOutput, DeleteObjectTaggingRequest } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { noSuchKey } from './errors.ts';
import { existingObject } from './missing-object.ts';
import { onExistingObject } from './permissions.ts';

/** Takes all tags from an object. */
export const deleteObjectTagging: Operation<DeleteObjectTaggingRequest, DeleteObjectTaggingOutput> = {
  name: 'DeleteObjectTagging',
  permission: onExistingObject(['s3:DeleteObjectTagging']),
  async handle(input, call) {
    const { versionId } = await existingObject(input, call);
    const changed = await call.sojourn.objects.update(input.Bucket, input.Key, versionId, (object) => ({
      ...object,
      tags: {},
    }));
    if (!changed) throw noSuchKey(input.Key);
    return {};
  },
};
