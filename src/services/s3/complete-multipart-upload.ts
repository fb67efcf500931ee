import type { MultipartUpload, PartFacts } from '../../storage/objects/objects.ts';
import type { CompleteMultipartUploadOutput, CompleteMultipartUploadRequest } from '../../wire/generated/s3-types.ts';
import type { Call, Operation } from '../operation.ts';
import { checksumMembers, sentChecksums } from './checksum-members.ts';
import { chosenParts } from './chosen-parts.ts';
import { s3Error } from './errors.ts';
import { quoted } from './etag.ts';
import { existingBucket } from './existing-bucket.ts';
import { existingUpload, noSuchUpload } from './existing-upload.ts';
import { joinedChecksum, joinedEtag, uploadAlgorithm } from './multipart-checksums.ts';
import { SSE_S3 } from './object-headers.ts';
import { checkKey } from './object-keys.ts';
import { writeCondition } from './preconditions.ts';
import { confirmStored, writtenVersion } from './store-object.ts';
import { writeRequirements } from './write-permission.ts';

/** Joins the parts of an upload into an object. */
export const completeMultipartUpload: Operation<CompleteMultipartUploadRequest, CompleteMultipartUploadOutput> = {
  name: 'CompleteMultipartUpload',
  permission: {
    kind: 'actions',
    actions: ['s3:PutObject', 's3:GetObject'],
    requirements: async (input, call) => {
      const bucket = await existingBucket(input, call);
      checkKey(input.Key);
      return writeRequirements({ Key: input.Key, IfMatch: input.IfMatch }, bucket, call, { tags: [], creates: true });
    },
  },
  async handle(input, call) {
    const bucket = await existingBucket(input, call);
    const condition = writeCondition(input);
    const upload = await existingUpload(input, call);
    const parts = await chosenParts(input.MultipartUpload?.Parts ?? [], upload, call);
    checkSize(input.MpuObjectSize, parts);
    const joined = joinedChecksum(upload, parts);
    checkStated(input, upload, joined);
    const result = await call.sojourn.objects.completeUpload(
      upload,
      parts.map((part) => part.number),
      {
        etag: joinedEtag(parts),
        headers: upload.headers,
        metadata: upload.metadata,
        tags: upload.tags,
        storageClass: upload.storageClass,
        ...joined,
      },
      { version: writtenVersion(bucket), condition },
    );
    // A part that went between the look and the joining went with its upload.
    if (result.kind === 'noSuchUpload' || result.kind === 'noSuchPart') throw noSuchUpload(upload.uploadId);
    const object = await confirmStored(result, bucket, input.Key, condition, call);
    return {
      Location: locationOf(input, call),
      Bucket: bucket.name,
      Key: input.Key,
      ETag: quoted(object.etag),
      ...checksumMembers(object.checksums),
      ChecksumType: object.checksumType,
      ServerSideEncryption: SSE_S3,
    };
  },
};

function checkSize(stated: number | undefined, parts: readonly PartFacts[]): void {
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  if (stated === undefined || stated === size) return;
  throw s3Error(
    'InvalidRequest',
    `The provided 'x-amz-mp-object-size' header does not match what was computed: ${size}`,
  );
}

/** The checksum of the whole that the request states, with or without the `-{parts}` of a composite one. */
function checkStated(
  input: CompleteMultipartUploadRequest,
  upload: MultipartUpload,
  joined: ReturnType<typeof joinedChecksum>,
): void {
  if (input.ChecksumType !== undefined && input.ChecksumType !== joined.checksumType) {
    throw s3Error(
      'InvalidRequest',
      `The upload was created using the ${joined.checksumType ?? ''} checksum mode. The complete request must use the same checksum mode.`,
    );
  }
  const algorithm = uploadAlgorithm(upload);
  for (const [named, value] of Object.entries(sentChecksums(input))) {
    const whole = joined.checksums[algorithm] ?? '';
    if (named !== algorithm || (value !== whole && value !== whole.split('-', 1)[0])) {
      throw s3Error('BadDigest', `The ${named} you specified did not match the calculated checksum.`);
    }
  }
}

/** The object's own address, as the client reached the bucket. */
function locationOf(input: CompleteMultipartUploadRequest, call: Call): string {
  const host = call.http.headers['host'] ?? 'localhost';
  const key = input.Key.split('/').map(encodeURIComponent).join('/');
  const path = host.startsWith(`${input.Bucket}.`) ? key : `${input.Bucket}/${key}`;
  return `${call.http.secure ? 'https' : 'http'}://${host}/${path}`;
}
