/** Finding the multipart upload that a request names. */
import type { ServiceError } from '../../base/service-error.ts';
import type { MultipartUpload } from '../../storage/objects/objects.ts';
import type { Call } from '../operation.ts';
import { invalidArgument, s3Error } from './errors.ts';

/** In one upload (S3 User Guide, "Multipart upload limits"). */
export const MOST_PARTS = 10_000;

/**
 * The upload that `input` names.
 *
 * @throws ServiceError NoSuchUpload
 */
export async function existingUpload(
  input: { readonly Bucket: string; readonly Key: string; readonly UploadId: string },
  call: Call,
): Promise<MultipartUpload> {
  const upload = await call.sojourn.objects.getUpload(input.Bucket, input.Key, input.UploadId);
  if (upload === undefined) throw noSuchUpload(input.UploadId);
  return upload;
}

/** The error for an upload that is not there, or not any more. */
export function noSuchUpload(uploadId: string): ServiceError {
  return s3Error(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    { details: { UploadId: uploadId } },
  );
}

/**
 * Holds a part number to 1–10,000.
 *
 * @throws ServiceError InvalidArgument
 */
export function checkPartNumber(number: number): void {
  if (Number.isInteger(number) && number >= 1 && number <= MOST_PARTS) return;
  throw invalidArgument(
    `Part number must be an integer between 1 and ${MOST_PARTS}, inclusive`,
    'partNumber',
    String(number),
  );
}
