import type { StoredObject } from '../../storage/objects/objects.ts';
import type { Bucket } from '../../storage/state/bucket-record.ts';
import type { CopyObjectOutput, CopyObjectRequest } from '../../wire/generated/s3-types.ts';
import type { Call, Operation, Requirement } from '../operation.ts';
import { LARGEST_PUT } from './body-length.ts';
import { algorithmsOf, checkAlgorithm, checksumMembers, DEFAULT_ALGORITHM } from './checksum-members.ts';
import {
  type CopySource,
  copySourceKey,
  existingSource,
  lookUpSource,
  readCopySource,
  sourceRequirement,
} from './copy-source.ts';
import { versionKey } from './condition-keys.ts';
import { invalidArgument, s3Error } from './errors.ts';
import { quoted } from './etag.ts';
import { existingBucket } from './existing-bucket.ts';
import { digested } from './object-checksums.ts';
import { type Description, describe } from './object-description.ts';
import { SSE_S3 } from './object-headers.ts';
import { checkKey } from './object-keys.ts';
import { objectRequirement } from './permissions.ts';
import { refuseVersionId, writtenVersionId } from './object-versions.ts';
import { writeCondition } from './preconditions.ts';
import { checkWriteHeaders } from './refused-headers.ts';
import { storeObject } from './store-object.ts';
import { readTaggingHeader, tagSet } from './tag-sets.ts';
import { WRITE_ACTIONS, writeRequirements } from './write-permission.ts';
import { wholeSeconds } from './whole-seconds.ts';

/** Copies an object, with its metadata and tags or with new ones. */
export const copyObject: Operation<CopyObjectRequest, CopyObjectOutput> = {
  name: 'CopyObject',
  permission: {
    kind: 'actions',
    actions: [...WRITE_ACTIONS, 's3:GetObjectVersion', 's3:GetObjectTagging', 's3:GetObjectVersionTagging'],
    requirements,
  },
  async handle(input, call) {
    const bucket = await existingBucket(input, call);
    checkWriteHeaders(input, bucket);
    if (input.CopySourceSSECustomerAlgorithm !== undefined) {
      throw invalidArgument('The source object is not encrypted with SSE-C.', 'x-amz-copy-source', input.CopySource);
    }
    const condition = writeCondition(input);
    const { object: source, shownVersion } = await existingSource(input, call);
    checkCopy(input, source);
    const description = copiedDescription(input, source);
    const passing = digested(call.sojourn.objects.read(source, 0, Math.max(0, source.size - 1)), [
      copyAlgorithm(input, source),
    ]);
    const object = await storeObject(
      { bucket, key: input.Key, condition },
      passing.body,
      () => {
        const { md5, checksums } = passing.digests();
        return { ...description, etag: md5, checksums, checksumType: 'FULL_OBJECT' };
      },
      call,
    );
    return {
      CopyObjectResult: {
        ETag: quoted(object.etag),
        LastModified: wholeSeconds(object.lastModified),
        ...checksumMembers(object.checksums),
        ChecksumType: object.checksumType,
      },
      CopySourceVersionId: shownVersion,
      VersionId: writtenVersionId(bucket, object.versionId),
      ServerSideEncryption: SSE_S3,
    };
  },
};

/** To read the source (and its tags when they come along) and to write the copy, each by itself. */
async function requirements(input: CopyObjectRequest, call: Call): Promise<readonly Requirement[]> {
  const bucket = await existingBucket(input, call);
  checkKey(input.Key);
  refuseVersionId(call);
  const { source, bucket: from, object } = await lookUpSource(input, call);
  const copied = input.TaggingDirective === 'REPLACE' ? [] : tagSet(object?.tags ?? {});
  const tags = input.TaggingDirective === 'REPLACE' ? readTaggingHeader(input.Tagging) : copied;
  return [
    sourceRequirement(source, from, object, call),
    ...(copied.length > 0 ? [copiedTagsRequirement(source, from, call)] : []),
    ...writeRequirements(input, bucket, call, { tags, creates: true, keys: copySourceKey(source) }),
  ];
}

function copiedTagsRequirement(source: CopySource, from: Bucket, call: Call): Requirement {
  const { key, versionId } = source;
  const action = versionId === undefined ? 's3:GetObjectTagging' : 's3:GetObjectVersionTagging';
  return objectRequirement(action, from, key, call, versionKey(versionId));
}

function checkCopy(input: CopyObjectRequest, source: StoredObject): void {
  if (source.size > LARGEST_PUT) {
    throw s3Error(
      'InvalidRequest',
      `The specified copy source is larger than the maximum allowable size for a copy source: ${LARGEST_PUT}`,
    );
  }
  // An older version is copied onto its key to make it the latest again.
  const onItself =
    source.bucket === input.Bucket &&
    source.key === input.Key &&
    readCopySource(input.CopySource).versionId === undefined;
  const changes =
    input.MetadataDirective === 'REPLACE' ||
    (input.StorageClass !== undefined && input.StorageClass !== source.storageClass) ||
    input.WebsiteRedirectLocation !== undefined ||
    input.ServerSideEncryption !== undefined ||
    input.ChecksumAlgorithm !== undefined;
  if (onItself && !changes) {
    throw s3Error(
      'InvalidRequest',
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  }
}

/** Storage class and website redirect are the request's, never the source's (API reference, CopyObject). */
function copiedDescription(input: CopyObjectRequest, source: StoredObject): Description {
  const stated = describe(input);
  const redirect = stated.headers['x-amz-website-redirect-location'];
  const { 'x-amz-website-redirect-location': _left, ...headers } = source.headers;
  const replaces = input.MetadataDirective === 'REPLACE';
  return {
    headers: replaces
      ? stated.headers
      : { ...headers, ...(redirect !== undefined && { 'x-amz-website-redirect-location': redirect }) },
    metadata: replaces ? stated.metadata : source.metadata,
    tags: input.TaggingDirective === 'REPLACE' ? stated.tags : source.tags,
    storageClass: stated.storageClass,
  };
}

function copyAlgorithm(input: CopyObjectRequest, source: StoredObject): ReturnType<typeof checkAlgorithm> {
  if (input.ChecksumAlgorithm !== undefined) return checkAlgorithm(input.ChecksumAlgorithm);
  return algorithmsOf(source.checksums)[0] ?? DEFAULT_ALGORITHM;
}
