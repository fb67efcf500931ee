import type { Empty, PutBucketVersioningRequest } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { notImplemented } from './errors.ts';
import { onBucket } from './permissions.ts';

/** Refuses: buckets are unversioned, and to say otherwise would lose what a caller believes to be kept. */
export const putBucketVersioning: Operation<PutBucketVersioningRequest, Empty> = {
  name: 'PutBucketVersioning',
  permission: onBucket('s3:PutBucketVersioning'),
  async handle() {
    throw notImplemented('versioning of buckets');
  },
};
