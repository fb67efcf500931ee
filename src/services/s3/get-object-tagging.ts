import type { GetObjectTaggingOutput, GetObjectTaggingRequest } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { existingBucket } from './existing-bucket.ts';
import { existingObject, SUBRESOURCE } from './missing-object.ts';
import { shownVersionId } from './object-versions.ts';
import { onExistingObject } from './permissions.ts';
import { tagSet } from './tag-sets.ts';

/** The tags of an object; none is an empty set. */
export const getObjectTagging: Operation<GetObjectTaggingRequest, GetObjectTaggingOutput> = {
  name: 'GetObjectTagging',
  permission: onExistingObject(['s3:GetObjectTagging']),
  async handle(input, call) {
    const bucket = await existingBucket(input, call);
    const object = await existingObject(input, call, SUBRESOURCE);
    return { VersionId: shownVersionId(bucket, object.versionId), TagSet: tagSet(object.tags) };
  },
};
