import type { ListObjectsOutput, ListObjectsRequest } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { listKeys } from './condition-keys.ts';
import { namesEncoder } from './encoding-type.ts';
import { existingBucket } from './existing-bucket.ts';
import { listPage } from './list-page.ts';
import { listedObject } from './listed-object.ts';
import { ownerOf } from './owner.ts';
import { pageSize } from './page-size.ts';
import { onBucket } from './permissions.ts';

/** Lists keys as the first version of the API did: the marker is a key. */
export const listObjects: Operation<ListObjectsRequest, ListObjectsOutput> = {
  name: 'ListObjects',
  permission: onBucket('s3:ListBucket', (_input, call) => listKeys(call)),
  async handle(input, call) {
    const bucket = await existingBucket(input, call);
    const limit = pageSize(input.MaxKeys, 'maxKeys');
    const page = await listPage(input, input.Marker ?? '', limit, call);
    const encode = namesEncoder(input.EncodingType);
    const owner = ownerOf(bucket.account);
    return {
      Name: bucket.name,
      Prefix: encode(input.Prefix ?? ''),
      Marker: encode(input.Marker ?? ''),
      Delimiter: encode(input.Delimiter),
      MaxKeys: limit,
      EncodingType: input.EncodingType,
      IsTruncated: page.next !== undefined,
      // Only with a delimiter; without one the last key is the marker (API reference, ListObjects).
      NextMarker: input.Delimiter ? encode(page.next) : undefined,
      Contents: page.objects.map((object) => listedObject(object, encode(object.key), owner)),
      CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) })),
    };
  },
};
