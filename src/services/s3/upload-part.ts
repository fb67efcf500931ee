import type { MultipartUpload, PartFacts } from '../../storage/objects/objects.ts';
import type { Body } from '../../wire/body.ts';
import type { UploadPartOutput, UploadPartRequest } from '../../wire/generated/s3-types.ts';
import type { Call, Operation } from '../operation.ts';
import { bodyOrNothing, checkStatedLength } from './body-length.ts';
import { shownPartChecksum } from './checksum-members.ts';
import { s3Error } from './errors.ts';
import { quoted } from './etag.ts';
import { existingBucket } from './existing-bucket.ts';
import { checkPartNumber, existingUpload, noSuchUpload } from './existing-upload.ts';
import { uploadAlgorithm } from './multipart-checksums.ts';
import { checkDigests, digested, readStatedDigests, type StatedDigests } from './object-checksums.ts';
import { SSE_S3 } from './object-headers.ts';
import { checkKey } from './object-keys.ts';
import { refuseVersionId } from './object-versions.ts';
import { checkEncryptionHeaders } from './refused-headers.ts';
import { writeRequirements } from './write-permission.ts';

/** Stores one part of an upload, or replaces it. */
export const uploadPart: Operation<UploadPartRequest, UploadPartOutput> = {
  name: 'UploadPart',
  permission: {
    kind: 'actions',
    actions: ['s3:PutObject'],
    requirements: async (input, call) => {
      const bucket = await existingBucket(input, call);
      checkKey(input.Key);
      refuseVersionId(call);
      return writeRequirements({ Key: input.Key }, bucket, call, { tags: [], creates: false });
    },
  },
  async handle(input, call) {
    checkPartNumber(input.PartNumber);
    checkEncryptionHeaders(input);
    checkStatedLength(input.ContentLength, call.http);
    const upload = await existingUpload(input, call);
    const stated = readStatedDigests(call.http);
    checkSameAlgorithm(upload, stated);
    const part = await storePart(upload, input.PartNumber, bodyOrNothing(input.Body), stated, call);
    // An upload that left the choice to S3 shows its part checksums only when the client sent them.
    const shown = upload.checksumAlgorithm ?? stated.algorithm;
    return {
      ETag: quoted(part.etag),
      ...shownPartChecksum(part, shown),
      ServerSideEncryption: SSE_S3,
    };
  },
};

/**
 * Digests the bytes into a part of the upload: in the upload's algorithm and the stated one.
 *
 * @throws ServiceError NoSuchUpload when it has ended meanwhile; BadDigest
 */
export async function storePart(
  upload: MultipartUpload,
  number: number,
  body: Body,
  stated: StatedDigests,
  call: Call,
): Promise<PartFacts> {
  const algorithms = [uploadAlgorithm(upload), ...(stated.algorithm === undefined ? [] : [stated.algorithm])];
  const passing = digested(body, algorithms);
  const part = await call.sojourn.objects.putPart(upload, number, passing.body, () => {
    const digests = passing.digests();
    checkDigests(stated, digests, call.http.trailers);
    return { etag: digests.md5, checksums: digests.checksums };
  });
  if (part === undefined) throw noSuchUpload(upload.uploadId);
  return part;
}

/** An upload that named its algorithm takes no part with another. */
function checkSameAlgorithm(upload: MultipartUpload, stated: StatedDigests): void {
  const { checksumAlgorithm: expected } = upload;
  if (expected === undefined || stated.algorithm === undefined || stated.algorithm === expected) return;
  throw s3Error(
    'InvalidRequest',
    `Checksum Type mismatch occurred, expected checksum Type: ${expected.toLowerCase()}, actual checksum Type: ${stated.algorithm.toLowerCase()}`,
  );
}
