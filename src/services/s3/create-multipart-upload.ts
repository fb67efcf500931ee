import type { CreateMultipartUploadOutput, CreateMultipartUploadRequest } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { existingBucket } from './existing-bucket.ts';
import { chooseChecksum } from './multipart-checksums.ts';
import { describe } from './object-description.ts';
import { SSE_S3 } from './object-headers.ts';
import { checkKey } from './object-keys.ts';
import { refuseVersionId } from './object-versions.ts';
import { initiatorOf } from './owner.ts';
import { checkWriteHeaders } from './refused-headers.ts';
import { readTaggingHeader } from './tag-sets.ts';
import { WRITE_ACTIONS, writeRequirements } from './write-permission.ts';

/** Bytes of chance in an upload id: nobody guesses another's. */
const UPLOAD_ID_BYTES = 48;

/** Begins an upload in parts; what it says about the object holds for the whole. */
export const createMultipartUpload: Operation<CreateMultipartUploadRequest, CreateMultipartUploadOutput> = {
  name: 'CreateMultipartUpload',
  permission: {
    kind: 'actions',
    actions: WRITE_ACTIONS,
    requirements: async (input, call) => {
      const bucket = await existingBucket(input, call);
      checkKey(input.Key);
      refuseVersionId(call);
      return writeRequirements(input, bucket, call, { tags: readTaggingHeader(input.Tagging), creates: false });
    },
  },
  async handle(input, call) {
    const bucket = await existingBucket(input, call);
    checkWriteHeaders(input, bucket);
    const checksum = chooseChecksum(input);
    const uploadId = Buffer.from(call.sojourn.random.bytes(UPLOAD_ID_BYTES)).toString('base64url');
    await call.sojourn.objects.createUpload({
      ...describe(input),
      ...checksum,
      bucket: bucket.name,
      key: input.Key,
      uploadId,
      initiated: call.now,
      initiator: initiatorOf(call.caller),
    });
    return {
      Bucket: bucket.name,
      Key: input.Key,
      UploadId: uploadId,
      ChecksumAlgorithm: checksum.checksumAlgorithm,
      ChecksumType: checksum.checksumType,
      ServerSideEncryption: SSE_S3,
    };
  },
};
