import type { MultipartUpload, PartFacts } from '../../storage/objects/objects.ts';
import type { ListPartsOutput, ListPartsRequest, Part } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { shownPartChecksum } from './checksum-members.ts';
import { quoted } from './etag.ts';
import { existingBucket } from './existing-bucket.ts';
import { existingUpload } from './existing-upload.ts';
import { ownerOf } from './owner.ts';
import { pageSize } from './page-size.ts';
import { onObject } from './permissions.ts';
import { listedClass } from './storage-classes.ts';
import { wholeSeconds } from './whole-seconds.ts';

/** The parts of an upload that are there so far. */
export const listParts: Operation<ListPartsRequest, ListPartsOutput> = {
  name: 'ListParts',
  permission: onObject('s3:ListMultipartUploadParts'),
  async handle(input, call) {
    const bucket = await existingBucket(input, call);
    const upload = await existingUpload(input, call);
    const limit = pageSize(input.MaxParts, 'max-parts');
    const after = input.PartNumberMarker ?? 0;
    const found = await call.sojourn.objects.listParts(upload, after, limit + 1);
    const page = found.slice(0, limit);
    return {
      Bucket: bucket.name,
      Key: upload.key,
      UploadId: upload.uploadId,
      PartNumberMarker: after,
      NextPartNumberMarker: page.at(-1)?.number ?? 0,
      MaxParts: limit,
      IsTruncated: limit > 0 && found.length > limit,
      Parts: page.map((part) => listedPart(part, upload)),
      Initiator: { ID: upload.initiator },
      Owner: ownerOf(bucket.account),
      StorageClass: listedClass(upload.storageClass),
      ChecksumAlgorithm: upload.checksumAlgorithm,
      ChecksumType: upload.checksumType,
    };
  },
};

function listedPart(part: PartFacts, upload: MultipartUpload): Part {
  return {
    PartNumber: part.number,
    LastModified: wholeSeconds(part.lastModified),
    ETag: quoted(part.etag),
    Size: part.size,
    ...shownPartChecksum(part, upload.checksumAlgorithm),
  };
}
