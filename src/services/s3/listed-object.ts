/** An object as the listings show it. */
import type { StoredObject } from '../../storage/objects/objects.ts';
import type { Object as ListedObject, Owner } from '../../wire/generated/s3-types.ts';
import { algorithmsOf } from './checksum-members.ts';
import { quoted } from './etag.ts';
import { listedClass } from './storage-classes.ts';
import { wholeSeconds } from './whole-seconds.ts';

/**
 * `Contents` of a listing.
 *
 * @param name the key, encoded as the listing asks for
 */
export function listedObject(object: StoredObject, name: string, owner: Owner | undefined): ListedObject {
  return {
    Key: name,
    LastModified: wholeSeconds(object.lastModified),
    ETag: quoted(object.etag),
    ChecksumAlgorithm: algorithmsOf(object.checksums),
    ChecksumType: object.checksumType,
    Size: object.size,
    StorageClass: listedClass(object.storageClass),
    Owner: owner,
  };
}
