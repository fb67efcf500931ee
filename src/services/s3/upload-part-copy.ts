import type { StoredObject } from '../../storage/objects/objects.ts';
import type { UploadPartCopyOutput, UploadPartCopyRequest } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { LARGEST_PUT } from './body-length.ts';
import { shownPartChecksum } from './checksum-members.ts';
import { copySourceKey, existingSource, lookUpSource, sourceRequirement } from './copy-source.ts';
import { invalidArgument, s3Error } from './errors.ts';
import { quoted } from './etag.ts';
import { existingBucket } from './existing-bucket.ts';
import { checkPartNumber, existingUpload } from './existing-upload.ts';
import { SSE_S3 } from './object-headers.ts';
import { checkKey } from './object-keys.ts';
import { refuseVersionId } from './object-versions.ts';
import type { ByteRange } from './range.ts';
import { checkEncryptionHeaders } from './refused-headers.ts';
import { storePart } from './upload-part.ts';
import { writeRequirements } from './write-permission.ts';
import { wholeSeconds } from './whole-seconds.ts';

/** Makes a part of an upload out of an object, or a range of one. */
export const uploadPartCopy: Operation<UploadPartCopyRequest, UploadPartCopyOutput> = {
  name: 'UploadPartCopy',
  permission: {
    kind: 'actions',
    actions: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'],
    requirements: async (input, call) => {
      const bucket = await existingBucket(input, call);
      checkKey(input.Key);
      refuseVersionId(call);
      const { source, bucket: from, object } = await lookUpSource(input, call);
      return [
        sourceRequirement(source, from, object, call),
        ...writeRequirements({ Key: input.Key }, bucket, call, {
          tags: [],
          creates: false,
          keys: copySourceKey(source),
        }),
      ];
    },
  },
  async handle(input, call) {
    checkPartNumber(input.PartNumber);
    checkEncryptionHeaders(input);
    const upload = await existingUpload(input, call);
    const { object: source, shownVersion } = await existingSource(input, call);
    const { start, end } = copiedRange(input.CopySourceRange, source);
    const body = call.sojourn.objects.read(source, start, end);
    const stated = { algorithm: undefined, value: undefined, contentMD5: undefined };
    const part = await storePart(upload, input.PartNumber, body, stated, call);
    return {
      CopyPartResult: {
        ETag: quoted(part.etag),
        LastModified: wholeSeconds(part.lastModified),
        ...shownPartChecksum(part, upload.checksumAlgorithm),
      },
      CopySourceVersionId: shownVersion,
      ServerSideEncryption: SSE_S3,
    };
  },
};

/** `bytes=first-last`, both given and inside the source; unlike a GET's range it is never clipped. */
function copiedRange(header: string | undefined, source: StoredObject): ByteRange {
  const range = header === undefined ? { start: 0, end: Math.max(0, source.size - 1) } : readCopyRange(header, source);
  if (range.end - range.start >= LARGEST_PUT) {
    throw s3Error(
      'InvalidRequest',
      `The specified copy source is larger than the maximum allowable size for a copy source: ${LARGEST_PUT}`,
    );
  }
  return range;
}

function readCopyRange(header: string, source: StoredObject): ByteRange {
  const match = /^bytes=([0-9]{1,15})-([0-9]{1,15})$/.exec(header);
  const [start, end] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || end < start) {
    throw invalidArgument(
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
      'x-amz-copy-source-range',
      header,
    );
  }
  if (end >= source.size) {
    throw invalidArgument(
      `Range specified is not valid for source object of size: ${source.size}`,
      'x-amz-copy-source-range',
      header,
    );
  }
  return { start, end };
}
