import { NULL_VERSION } from '../../base/version-id.ts';
import { ServiceError } from '../../base/service-error.ts';
import { authorize } from '../../federation/authorize.ts';
import type { Bucket } from '../../storage/state/bucket-record.ts';
import type {
  DeletedObject,
  DeleteObjectsOutput,
  DeleteObjectsRequest,
  Error as DeleteError,
  ObjectIdentifier,
} from '../../wire/generated/s3-types.ts';
import type { Call, Operation } from '../operation.ts';
import { accessDenied } from '../../federation/require-allowed.ts';
import { deleteRequirement } from './deletion.ts';
import { malformedXml, notImplemented } from './errors.ts';
import { existingBucket } from './existing-bucket.ts';
import { checkKey, checkVersion } from './object-keys.ts';

/** In one request (API reference, DeleteObjects). */
const MOST_KEYS = 1000;

/** Deletes up to a thousand objects; each is allowed, refused and reported by itself. */
export const deleteObjects: Operation<DeleteObjectsRequest, DeleteObjectsOutput> = {
  name: 'DeleteObjects',
  permission: {
    kind: 'own',
    how: 'Each key is authorized by itself; those that are not allowed come back among the errors.',
    actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
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
      const error = await deleteOne(bucket, object, call);
      if (error !== undefined) errors.push(error);
      else if (Quiet !== true) deleted.push({ Key: object.Key, VersionId: object.VersionId });
    }
    return { Deleted: deleted, Errors: errors };
  },
};

/** What went wrong, or undefined once the object is not there. */
async function deleteOne(bucket: Bucket, object: ObjectIdentifier, call: Call): Promise<DeleteError | undefined> {
  try {
    checkKey(object.Key);
    const decision = await authorize(deleteRequirement(bucket, object, call), call);
    if (decision.outcome !== 'allow') throw accessDenied(decision, call);
    if ([object.ETag, object.LastModifiedTime, object.Size].some((condition) => condition !== undefined)) {
      throw notImplemented('conditional deletes');
    }
    checkVersion(object.Key, object.VersionId);
    await call.sojourn.objects.delete(bucket.name, object.Key, NULL_VERSION);
    return undefined;
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return { Key: object.Key, VersionId: object.VersionId, Code: error.code, Message: error.message };
  }
}
