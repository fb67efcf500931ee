/** The one way that an object comes into a bucket: whole, and only while the bucket is there. */
import type { Body } from '../../wire/body.ts';
import type { Finish, PutCondition, PutResult, StoredObject } from '../../storage/objects/objects.ts';
import type { Bucket } from '../../storage/state/bucket-record.ts';
import type { Call } from '../operation.ts';
import { noSuchKey } from './errors.ts';
import { noSuchBucket } from './existing-bucket.ts';
import { writtenVersion } from './object-versions.ts';
import { preconditionFailed } from './preconditions.ts';

/**
 * Stores the body under the key and confirms that the bucket is still there.
 *
 * @param finish the facts, computed when the last byte has passed; may throw to store nothing
 * @throws ServiceError PreconditionFailed, NoSuchKey (If-Match on nothing), NoSuchBucket
 */
export async function storeObject(
  target: { readonly bucket: Bucket; readonly key: string; readonly condition: PutCondition },
  body: Body,
  finish: Finish,
  call: Call,
): Promise<StoredObject> {
  const { bucket, key, condition } = target;
  const result = await call.sojourn.objects.put(bucket.name, key, body, finish, {
    version: writtenVersion(bucket),
    condition,
  });
  return confirmStored(result, bucket, key, condition, call);
}

/**
 * Turns the store's result into the object or the refusal.
 *
 * The bucket may be deleted while the bytes stream. DeleteBucket looks for objects and deletes the
 * record inside one write. This look waits for the write that has begun, so it sees what that one did;
 * every later one sees the object and leaves the bucket.
 */
export async function confirmStored(
  result: PutResult,
  bucket: Bucket,
  key: string,
  condition: PutCondition,
  call: Call,
): Promise<StoredObject> {
  switch (result.kind) {
    case 'conditionFailed':
      throw preconditionFailed(condition.kind === 'absent' ? 'If-None-Match' : 'If-Match');
    case 'noSuchKey':
      throw noSuchKey(key);
    case 'stored':
      await confirmWritten(bucket, key, result.object.versionId, call);
      return result.object;
    default:
      result satisfies never;
      throw new Error('the store gave a result that is not in its contract');
  }
}

/**
 * Takes a version that was just written away again when its bucket is gone; see {@link confirmStored}.
 *
 * @throws ServiceError NoSuchBucket
 */
export async function confirmWritten(bucket: Bucket, key: string, versionId: string, call: Call): Promise<void> {
  const { state } = call.sojourn;
  await state.settled();
  const present = await state.buckets.get(bucket.name);
  if (present !== undefined && present.createDate === bucket.createDate) return;
  await call.sojourn.objects.delete(bucket.name, key, versionId);
  throw noSuchBucket(bucket.name);
}
