import { setImmediate } from 'node:timers/promises';
import { ServiceError } from '../../base/service-error.ts';
import { requireAllowed } from '../../federation/require-allowed.ts';
import type { Bucket } from '../../storage/state/bucket-record.ts';
import type {
  DeletedObject,
  DeleteObjectsOutput,
  DeleteObjectsRequest,
  Error as DeleteError,
  ObjectIdentifier,
} from '../../wire/generated/s3-types.ts';
import type { Call, Operation } from '../operation.ts';
import { DELETE_ACTIONS, deleteRequirements, deleteVersion } from './deletion.ts';
import { malformedXml, notImplemented } from './errors.ts';
import { existingBucket } from './existing-bucket.ts';
import { checkKey } from './object-keys.ts';
import { checkVersionId } from './object-versions.ts';

/** In one request (API reference, DeleteObjects). */
const MOST_KEYS = 1000;

/** Deletes up to a thousand objects or versions; each is allowed, refused and reported by itself. */
export const deleteObjects: Operation<DeleteObjectsRequest, DeleteObjectsOutput> = {
  name: 'DeleteObjects',
  permission: {
    kind: 'own',
    how: 'Each key is authorized by itself; those that are not allowed come back among the errors.',
    actions: DELETE_ACTIONS,
  },
  async handle(input, call) {
    const bucket = await existingBucket(input, call);
    const { Objects: objects, Quiet } = input.Delete;
    if (objects.length === 0 || objects.length > MOST_KEYS) {
      throw malformedXml();
    }
    const deleted: DeletedObject[] = [];
    const errors: DeleteError[] = [];
    for (const object of objects) {
      const { Key, VersionId } = object;
      // A thousand keys are decided on one after the other: others get their turn between them.
      await setImmediate();
      try {
        const done = await deleteOne(bucket, object, call);
        if (Quiet !== true) deleted.push(done);
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        errors.push({ Key, VersionId, Code: error.code, Message: messageOf(error) });
      }
    }
    return { Deleted: deleted, Errors: errors };
  },
};

async function deleteOne(bucket: Bucket, object: ObjectIdentifier, call: Call): Promise<DeletedObject> {
  const { Key, VersionId, ETag } = object;
  const deletion = { Key, VersionId, match: ETag };
  checkKey(Key);
  checkVersionId(VersionId);
  for (const requirement of deleteRequirements(bucket, deletion, call)) await requireAllowed(requirement, call);
  if (object.LastModifiedTime !== undefined || object.Size !== undefined) {
    throw notImplemented('deletes on conditions of time and size, which S3 has for directory buckets only');
  }
  const { versionId, deleteMarker } = await deleteVersion(bucket, deletion, call);
  return {
    Key,
    VersionId,
    DeleteMarker: deleteMarker ? true : undefined,
    DeleteMarkerVersionId: deleteMarker ? versionId : undefined,
  };
}

/** Here the condition comes in an element, and the sentence says so. */
function messageOf(error: ServiceError): string {
  return error.details['Header'] === 'If-Match' ? error.message.replace('A header', 'A form field') : error.message;
}
