import type { DeleteMarker, StoredObject, VersionList } from '../../storage/objects/objects.ts';
import type {
  DeleteMarkerEntry,
  ListObjectVersionsOutput,
  ListObjectVersionsRequest,
  ObjectVersion,
  Owner,
} from '../../wire/generated/s3-types.ts';
import type { Call, Operation } from '../operation.ts';
import { algorithmsOf } from './checksum-members.ts';
import { listKeys } from './condition-keys.ts';
import { namesEncoder } from './encoding-type.ts';
import { invalidArgument, s3Error } from './errors.ts';
import { quoted } from './etag.ts';
import { existingBucket } from './existing-bucket.ts';
import { checkVersionId } from './object-versions.ts';
import { ownerOf } from './owner.ts';
import { pageSize } from './page-size.ts';
import { onBucket } from './permissions.ts';
import { wholeSeconds } from './whole-seconds.ts';

/** Lists the versions of a bucket and its delete markers, of each key from the newest to the oldest. */
export const listObjectVersions: Operation<ListObjectVersionsRequest, ListObjectVersionsOutput> = {
  name: 'ListObjectVersions',
  permission: onBucket('s3:ListBucketVersions', (_input, call) => listKeys(call)),
  async handle(input, call) {
    const bucket = await existingBucket(input, call);
    const limit = versionsPageSize(input.MaxKeys);
    checkMarkers(input);
    const page = await versionsPage(input, limit, call);
    const encode = namesEncoder(input.EncodingType);
    const owner = ownerOf(bucket.account);
    return {
      Name: bucket.name,
      Prefix: encode(input.Prefix ?? ''),
      KeyMarker: encode(input.KeyMarker ?? ''),
      VersionIdMarker: input.VersionIdMarker ?? '',
      NextKeyMarker: encode(page.next?.key),
      NextVersionIdMarker: page.next?.versionId,
      Delimiter: encode(input.Delimiter),
      MaxKeys: limit,
      EncodingType: input.EncodingType,
      IsTruncated: page.next !== undefined,
      Versions: page.versions.flatMap(({ version, isLatest }) =>
        version.kind === 'object' ? [listedObject(version.object, isLatest, encode(version.object.key), owner)] : [],
      ),
      DeleteMarkers: page.versions.flatMap(({ version, isLatest }) =>
        version.kind === 'object' ? [] : [listedMarker(version.marker, isLatest, encode(version.marker.key), owner)],
      ),
      CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) })),
    };
  },
};

/** Observed on AWS, September 2026: another sentence than that of the other listings. */
function versionsPageSize(asked: number | undefined): number {
  if (asked !== undefined && asked < 0) {
    throw s3Error('InvalidArgument', 'max-keys cannot be negative', { details: { ArgumentName: 'max-keys' } });
  }
  return pageSize(asked, 'maxKeys');
}

function checkMarkers({ KeyMarker, VersionIdMarker: marker }: ListObjectVersionsRequest): void {
  const name = 'version-id-marker';
  if (marker === undefined) return;
  if (KeyMarker === undefined || KeyMarker === '') {
    throw invalidArgument('A version-id marker cannot be specified without a key marker.', name, marker);
  }
  if (marker === '') throw invalidArgument('A version-id marker cannot be empty.', name, marker);
  checkVersionId(marker, name);
}

/** A page of no entries ends the listing, as on S3. */
async function versionsPage(input: ListObjectVersionsRequest, limit: number, call: Call): Promise<VersionList> {
  if (limit === 0) return { versions: [], commonPrefixes: [], next: undefined };
  const { KeyMarker = '', VersionIdMarker } = input;
  return call.sojourn.objects.listVersions(input.Bucket, {
    prefix: input.Prefix ?? '',
    delimiter: input.Delimiter === '' ? undefined : input.Delimiter,
    after: KeyMarker === '' ? undefined : { key: KeyMarker, versionId: VersionIdMarker },
    limit,
  });
}

function listedObject(object: StoredObject, isLatest: boolean, name: string, owner: Owner): ObjectVersion {
  return {
    Key: name,
    VersionId: object.versionId,
    IsLatest: isLatest,
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

function listedMarker(marker: DeleteMarker, isLatest: boolean, name: string, owner: Owner): DeleteMarkerEntry {
  return {
    Key: name,
    VersionId: marker.versionId,
    IsLatest: isLatest,
    LastModified: wholeSeconds(marker.lastModified),
    Owner: owner,
  };
}
