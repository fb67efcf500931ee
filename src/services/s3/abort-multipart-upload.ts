import type { AbortMultipartUploadOutput, AbortMultipartUploadRequest } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { notImplemented } from './errors.ts';
import { noSuchUpload } from './existing-upload.ts';
import { onObject } from './permissions.ts';

/** Ends an upload and drops its parts. */
export const abortMultipartUpload: Operation<AbortMultipartUploadRequest, AbortMultipartUploadOutput> = {
  name: 'AbortMultipartUpload',
  permission: onObject('s3:AbortMultipartUpload'),
  async handle(input, call) {
    if (input.IfMatchInitiatedTime !== undefined) throw notImplemented('conditional aborts');
    const { objects } = call.sojourn;
    if (await objects.abortUpload(input.Bucket, input.Key, input.UploadId)) return {};
    // A completed one is no error while its object is there, and changes nothing (observed on AWS, September 2026).
    const completed = await objects.completedUpload(input.Bucket, input.Key, input.UploadId);
    if (completed === undefined) throw noSuchUpload(input.UploadId);
    return {};
  },
};
