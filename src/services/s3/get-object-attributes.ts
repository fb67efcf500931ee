import type { StoredObject } from '../../storage/objects/objects.ts';
import type {
  Checksum,
  GetObjectAttributesOutput,
  GetObjectAttributesParts,
  GetObjectAttributesRequest,
} from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { algorithmsOf, checksumMembers, shownPartChecksum } from './checksum-members.ts';
import { existingBucket } from './existing-bucket.ts';
import { existingObject, READ_OBJECT } from './missing-object.ts';
import { shownVersionId } from './object-versions.ts';
import { pageSize } from './page-size.ts';
import { onExistingObject } from './permissions.ts';
import { checkEncryptionHeaders } from './refused-headers.ts';
import { listedClass } from './storage-classes.ts';
import { wholeSeconds } from './whole-seconds.ts';

/** What an object is, as far as the request asks: its tag, checksum, parts, class and size. */
export const getObjectAttributes: Operation<GetObjectAttributesRequest, GetObjectAttributesOutput> = {
  name: 'GetObjectAttributes',
  permission: onExistingObject(['s3:GetObject', 's3:GetObjectAttributes']),
  async handle(input, call) {
    checkEncryptionHeaders(input);
    const bucket = await existingBucket(input, call);
    const object = await existingObject(input, call, READ_OBJECT);
    const asked = new Set(input.ObjectAttributes);
    return {
      LastModified: wholeSeconds(object.lastModified),
      VersionId: shownVersionId(bucket, object.versionId),
      // Without quotes here, and only here (API reference, GetObjectAttributes).
      ETag: asked.has('ETag') ? object.etag : undefined,
      Checksum: asked.has('Checksum') ? objectChecksum(object) : undefined,
      ObjectParts: asked.has('ObjectParts') ? objectParts(input, object) : undefined,
      StorageClass: asked.has('StorageClass') ? listedClass(object.storageClass) : undefined,
      ObjectSize: asked.has('ObjectSize') ? object.size : undefined,
    };
  },
};

/** The value of a composite checksum comes without the number of its parts here. */
function objectChecksum(object: StoredObject): Checksum {
  const values = Object.entries(object.checksums).map(([algorithm, value]) => [algorithm, value.split('-', 1)[0]]);
  return { ...checksumMembers(Object.fromEntries(values)), ChecksumType: object.checksumType };
}

/** Undefined for an object that was put at once. The parts are listed only when each has a checksum of its own. */
function objectParts(input: GetObjectAttributesRequest, object: StoredObject): GetObjectAttributesParts | undefined {
  const { parts } = object;
  if (parts === undefined || parts.length === 0) return undefined;
  if (object.checksumType !== 'COMPOSITE') return { TotalPartsCount: parts.length };
  const limit = pageSize(input.MaxParts, 'max-parts');
  const after = input.PartNumberMarker ?? 0;
  // Numbered as they stand in the object, from 1, whatever their numbers in the upload were.
  const numbered = parts.map((part, index) => ({ part, number: index + 1 }));
  const rest = numbered.filter(({ number }) => number > after);
  const page = rest.slice(0, limit);
  return {
    TotalPartsCount: parts.length,
    PartNumberMarker: after,
    NextPartNumberMarker: page.at(-1)?.number ?? 0,
    MaxParts: limit,
    IsTruncated: rest.length > page.length,
    Parts: page.map(({ part, number }) => ({
      PartNumber: number,
      Size: part.size,
      ...shownPartChecksum(part, algorithmsOf(object.checksums)[0]),
    })),
  };
}
