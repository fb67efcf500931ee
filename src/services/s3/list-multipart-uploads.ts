import type { MultipartUpload } from '../../storage/objects/objects.ts';
import type {
  ListMultipartUploadsOutput,
  ListMultipartUploadsRequest,
  MultipartUpload as ListedUpload,
  Owner,
} from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { listKeys } from './condition-keys.ts';
import { namesEncoder } from './encoding-type.ts';
import { existingBucket } from './existing-bucket.ts';
import { ownerOf } from './owner.ts';
import { pageSize } from './page-size.ts';
import { onBucket } from './permissions.ts';
import { listedClass } from './storage-classes.ts';
import { uploadsPage } from './uploads-page.ts';
import { wholeSeconds } from './whole-seconds.ts';

/** The uploads of a bucket that have begun and not ended. */
export const listMultipartUploads: Operation<ListMultipartUploadsRequest, ListMultipartUploadsOutput> = {
  name: 'ListMultipartUploads',
  permission: onBucket('s3:ListBucketMultipartUploads', (_input, call) => listKeys(call)),
  async handle(input, call) {
    const bucket = await existingBucket(input, call);
    const limit = pageSize(input.MaxUploads, 'max-uploads');
    const page = await uploadsPage(input, limit, call);
    const encode = namesEncoder(input.EncodingType);
    const owner = ownerOf(bucket.account);
    return {
      Bucket: bucket.name,
      KeyMarker: encode(input.KeyMarker ?? ''),
      UploadIdMarker: input.UploadIdMarker ?? '',
      NextKeyMarker: encode(page.next?.key),
      NextUploadIdMarker: page.next?.uploadId,
      Delimiter: encode(input.Delimiter),
      Prefix: encode(input.Prefix ?? ''),
      MaxUploads: limit,
      EncodingType: input.EncodingType,
      IsTruncated: page.next !== undefined,
      Uploads: page.uploads.map((upload) => listedUpload(upload, encode(upload.key), owner)),
      CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) })),
    };
  },
};

function listedUpload(upload: MultipartUpload, name: string, owner: Owner): ListedUpload {
  return {
    Key: name,
    UploadId: upload.uploadId,
    Initiator: { ID: upload.initiator },
    Owner: owner,
    StorageClass: listedClass(upload.storageClass),
    Initiated: wholeSeconds(upload.initiated),
    ChecksumAlgorithm: upload.checksumAlgorithm,
    ChecksumType: upload.checksumType,
  };
}
