import type { ServiceError } from '../../base/service-error.ts';
import type { Bucket } from '../../storage/state/bucket-record.ts';
import type { DeleteBucketRequest, Empty } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { s3Error } from './errors.ts';
import { noSuchBucket } from './existing-bucket.ts';
import { onBucket } from './permissions.ts';

/** Deletes an empty bucket and the uploads that were open in it. */
export const deleteBucket: Operation<DeleteBucketRequest, Empty> = {
  name: 'DeleteBucket',
  permission: onBucket('s3:DeleteBucket'),
  async handle(input, call) {
    const { state, objects } = call.sojourn;
    // The look and the deletion are one write: see confirmStored for the put that races with it.
    await state.write(async ({ buckets }) => {
      if (!(await objects.isEmpty(input.Bucket))) {
        throw bucketNotEmpty(await buckets.get(input.Bucket), input.Bucket);
      }
      if (!(await buckets.delete(input.Bucket))) throw noSuchBucket(input.Bucket);
      // Inside the write: a bucket made anew under the name must not lose its first uploads.
      await objects.dropBucket(input.Bucket);
    });
    return {};
  },
};

/** The sentence of a bucket that ever was versioned says what else may be in it. */
function bucketNotEmpty(bucket: Bucket | undefined, name: string): ServiceError {
  const more = bucket?.versioning === undefined ? '' : '. You must delete all versions in the bucket.';
  return s3Error('BucketNotEmpty', `The bucket you tried to delete is not empty${more}`, {
    details: { BucketName: name },
  });
}
