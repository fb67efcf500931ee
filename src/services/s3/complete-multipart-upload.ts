import type { MultipartUpload, PartFacts } from '../../storage/objects/objects.ts';
import type { Bucket } from '../../storage/state/bucket-record.ts';
import type {
  CompletedPart,
  CompleteMultipartUploadOutput,
  CompleteMultipartUploadRequest,
} from '../../wire/generated/s3-types.ts';
import type { Call, Operation } from '../operation.ts';
import { checksumMembers, sentChecksums } from './checksum-members.ts';
import { chosenParts } from './chosen-parts.ts';
import { malformedXml, s3Error } from './errors.ts';
import { quoted, unquoted } from './etag.ts';
import { existingBucket } from './existing-bucket.ts';
import { MOST_PARTS, noSuchUpload } from './existing-upload.ts';
import { joinedChecksum, joinedEtag, uploadAlgorithm } from './multipart-checksums.ts';
import { SSE_S3 } from './object-headers.ts';
import { checkKey } from './object-keys.ts';
import { writeCondition } from './preconditions.ts';
import { refuseVersionId, writtenVersion, writtenVersionId } from './object-versions.ts';
import { confirmStored } from './store-object.ts';
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
      refuseVersionId(call);
      return writeRequirements({ Key: input.Key, IfMatch: input.IfMatch }, bucket, call, { tags: [], creates: true });
    },
  },
  async handle(input, call) {
    const bucket = await existingBucket(input, call);
    const condition = writeCondition(input);
    const upload = await call.sojourn.objects.getUpload(input.Bucket, input.Key, input.UploadId);
    if (upload === undefined) return repeatedCompletion(input, bucket, call);
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
      VersionId: writtenVersionId(bucket, object.versionId),
      ServerSideEncryption: SSE_S3,
    };
  },
};

/**
 * The answer to a completion that was answered before, for as long as the version is there: a client
 * that lost the first answer asks again. As on AWS (observed in September 2026) it must name the same
 * parts, is held to no condition, and tells no checksum.
 *
 * @throws ServiceError NoSuchUpload
 */
async function repeatedCompletion(
  input: CompleteMultipartUploadRequest,
  bucket: Bucket,
  call: Call,
): Promise<CompleteMultipartUploadOutput> {
  const named = input.MultipartUpload?.Parts ?? [];
  if (named.length === 0 || named.length > MOST_PARTS) throw malformedXml();
  const object = await call.sojourn.objects.completedUpload(input.Bucket, input.Key, input.UploadId);
  const parts = object?.parts ?? [];
  const same = parts.length === named.length && parts.every((part, at) => isNamed(part, named[at]));
  if (object === undefined || !same) throw noSuchUpload(input.UploadId);
  return {
    Location: locationOf(input, call),
    Bucket: bucket.name,
    Key: input.Key,
    ETag: quoted(object.etag),
    VersionId: writtenVersionId(bucket, object.versionId),
    ServerSideEncryption: SSE_S3,
  };
}

function isNamed(part: PartFacts, named: CompletedPart | undefined): boolean {
  return named?.PartNumber === part.number && named.ETag !== undefined && unquoted(named.ETag) === part.etag;
}

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
