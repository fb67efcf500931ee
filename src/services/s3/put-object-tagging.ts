import type { PutObjectTaggingOutput, PutObjectTaggingRequest } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { requestTagKeys } from './condition-keys.ts';
import { existingBucket } from './existing-bucket.ts';
import { existingObject, SUBRESOURCE } from './missing-object.ts';
import { noSuchVersion, shownVersionId } from './object-versions.ts';
import { onExistingObject } from './permissions.ts';
import { checkObjectTags } from './tag-sets.ts';

/** Replaces the tags of an object, and nothing else of it. */
export const putObjectTagging: Operation<PutObjectTaggingRequest, PutObjectTaggingOutput> = {
  name: 'PutObjectTagging',
  permission: onExistingObject(['s3:PutObjectTagging'], (input) => requestTagKeys(input.Tagging.TagSet)),
  async handle(input, call) {
    const bucket = await existingBucket(input, call);
    const tags = checkObjectTags(input.Tagging.TagSet);
    const { versionId } = await existingObject(input, call, SUBRESOURCE);
    const changed = await call.sojourn.objects.update(input.Bucket, input.Key, versionId, (object) => ({
      ...object,
      tags,
    }));
    if (!changed) throw noSuchVersion(input.Key, versionId);
    return { VersionId: shownVersionId(bucket, versionId) };
  },
};
