import type { PutObjectOutput, PutObjectRequest } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { bodyOrNothing, checkStatedLength } from './body-length.ts';
import { checksumMembers, DEFAULT_ALGORITHM } from './checksum-members.ts';
import { notImplemented } from './errors.ts';
import { quoted } from './etag.ts';
import { existingBucket } from './existing-bucket.ts';
import { checkDigests, digested, readStatedDigests } from './object-checksums.ts';
import { describe } from './object-description.ts';
import { SSE_S3 } from './object-headers.ts';
import { checkKey } from './object-keys.ts';
import { refuseVersionId, writtenVersionId } from './object-versions.ts';
import { writeCondition } from './preconditions.ts';
import { checkWriteHeaders } from './refused-headers.ts';
import { storeObject } from './store-object.ts';
import { readTaggingHeader } from './tag-sets.ts';
import { WRITE_ACTIONS, writeRequirements } from './write-permission.ts';

/** Stores one object, whole or not at all. */
export const putObject: Operation<PutObjectRequest, PutObjectOutput> = {
  name: 'PutObject',
  permission: {
    kind: 'actions',
    actions: WRITE_ACTIONS,
    requirements: async (input, call) => {
      const bucket = await existingBucket(input, call);
      checkKey(input.Key);
      refuseVersionId(call);
      return writeRequirements(input, bucket, call, { tags: readTaggingHeader(input.Tagging), creates: true });
    },
  },
  async handle(input, call) {
    const bucket = await existingBucket(input, call);
    if (input.WriteOffsetBytes !== undefined) throw notImplemented('appending to objects');
    checkWriteHeaders(input, bucket);
    checkStatedLength(input.ContentLength, call.http);
    const condition = writeCondition(input);
    const description = describe(input);
    const stated = readStatedDigests(call.http);
    const passing = digested(bodyOrNothing(input.Body), [stated.algorithm ?? DEFAULT_ALGORITHM]);
    const object = await storeObject(
      { bucket, key: input.Key, condition },
      passing.body,
      () => {
        const digests = passing.digests();
        checkDigests(stated, digests, call.http.trailers);
        return { ...description, etag: digests.md5, checksums: digests.checksums, checksumType: 'FULL_OBJECT' };
      },
      call,
    );
    return {
      ETag: quoted(object.etag),
      ...checksumMembers(object.checksums),
      ChecksumType: object.checksumType,
      ServerSideEncryption: SSE_S3,
      VersionId: writtenVersionId(bucket, object.versionId),
    };
  },
};
