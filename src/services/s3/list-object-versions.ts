import type { StoredObject } from '../../storage/objects/objects.ts';
import type {
  ListObjectVersionsOutput,
  ListObjectVersionsRequest,
  ObjectVersion,
  Owner,
} from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { algorithmsOf } from './checksum-members.ts';
import { listKeys } from './condition-keys.ts';
import { namesEncoder } from './encoding-type.ts';
import { invalidArgument } from './errors.ts';
import { quoted } from './etag.ts';
import { existingBucket } from './existing-bucket.ts';
import { listPage } from './list-page.ts';
import { ownerOf } from './owner.ts';
import { pageSize } from './page-size.ts';
import { onBucket } from './permissions.ts';
import { wholeSeconds } from './whole-seconds.ts';

/** Lists the one version, `null`, that each object of an unversioned bucket has. */
export const listObjectVersions: Operation<ListObjectVersionsRequest, ListObjectVersionsOutput> = {
  name: 'ListObjectVersions',
  permission: onBucket('s3:ListBucketVersions', (_input, call) => listKeys(call)),
  async handle(input, call) {
    const bucket = await existingBucket(input, call);
    if (input.VersionIdMarker !== undefined && input.KeyMarker === undefined) {
      throw invalidArgument(
        'A version-id marker cannot be specified without a key marker.',
        'version-id-marker',
        input.VersionIdMarker,
      );
    }
    const limit = pageSize(input.MaxKeys, 'maxKeys');
    const page = await listPage(input, input.KeyMarker ?? '', limit, call);
    const encode = namesEncoder(input.EncodingType);
    const owner = ownerOf(bucket.account);
    return {
      Name: bucket.name,
      Prefix: encode(input.Prefix ?? ''),
      KeyMarker: encode(input.KeyMarker ?? ''),
      VersionIdMarker: input.VersionIdMarker ?? '',
      NextKeyMarker: encode(page.next),
      NextVersionIdMarker: page.next === undefined ? undefined : 'null',
      Delimiter: encode(input.Delimiter),
      MaxKeys: limit,
      EncodingType: input.EncodingType,
      IsTruncated: page.next !== undefined,
      Versions: page.objects.map((object) => listedVersion(object, encode(object.key), owner)),
      CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) })),
    };
  },
};

function listedVersion(object: StoredObject, name: string, owner: Owner): ObjectVersion {
  return {
    Key: name,
    VersionId: 'null',
    IsLatest: true,
    LastModified: wholeSeconds(object.lastModified),
    ETag: quoted(object.etag),
    ChecksumAlgorithm: algorithmsOf(object.checksums),
    ChecksumType: object.checksumType,
    Size: object.size,
    // The model knows no other class here.
    StorageClass: 'STANDARD',
    Owner: owner,
  };
}
