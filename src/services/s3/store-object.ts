/** The one way that an object comes into a bucket: whole, and only while the bucket is there. */
import type { Body } from '../../wire/body.ts';
import type { Finish, PutCondition, PutResult, StoredObject, WrittenVersion } from '../../storage/objects/objects.ts';
import type { Bucket } from '../../storage/state/bucket-record.ts';
import type { Call } from '../operation.ts';
import { noSuchKey } from './errors.ts';
import { noSuchBucket } from './existing-bucket.ts';
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
 * record inside one write; this look is inside a write too, so either that one sees the object and
 * leaves the bucket, or this one sees no bucket and takes the object away again.
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
    case 'stored': {
      const present = await call.sojourn.state.write(({ buckets }) => buckets.get(bucket.name));
      if (present !== undefined && present.createDate === bucket.createDate) return result.object;
      await call.sojourn.objects.delete(bucket.name, key, result.object.versionId);
      throw noSuchBucket(bucket.name);
    }
    default:
      result satisfies never;
      throw new Error('the store gave a result that is not in its contract');
  }
}

/** What a write into this bucket does to the version before: a new one beside it, or the `null` version in its place. */
export function writtenVersion(bucket: Bucket): WrittenVersion {
  return bucket.versioning === 'Enabled' ? 'new' : 'null';
}
