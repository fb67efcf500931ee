import type { ListObjectsV2Output, ListObjectsV2Request } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { listKeys } from './condition-keys.ts';
import { printContinuationToken, readContinuationToken } from './continuation-token.ts';
import { namesEncoder } from './encoding-type.ts';
import { existingBucket } from './existing-bucket.ts';
import { listPage } from './list-page.ts';
import { listedObject } from './listed-object.ts';
import { ownerOf } from './owner.ts';
import { pageSize } from './page-size.ts';
import { onBucket } from './permissions.ts';

/** Lists keys, a page at a time, with an opaque token for the next one. */
export const listObjectsV2: Operation<ListObjectsV2Request, ListObjectsV2Output> = {
  name: 'ListObjectsV2',
  permission: onBucket('s3:ListBucket', (_input, call) => listKeys(call)),
  async handle(input, call) {
    const bucket = await existingBucket(input, call);
    const limit = pageSize(input.MaxKeys, 'maxKeys');
    const after =
      input.ContinuationToken === undefined ? (input.StartAfter ?? '') : readContinuationToken(input.ContinuationToken);
    const page = await listPage(input, after, limit, call);
    const encode = namesEncoder(input.EncodingType);
    const owner = input.FetchOwner === true ? ownerOf(bucket.account) : undefined;
    return {
      Name: bucket.name,
      Prefix: encode(input.Prefix ?? ''),
      Delimiter: encode(input.Delimiter),
      StartAfter: encode(input.StartAfter),
      ContinuationToken: input.ContinuationToken,
      NextContinuationToken: page.next === undefined ? undefined : printContinuationToken(page.next),
      KeyCount: page.objects.length + page.commonPrefixes.length,
      MaxKeys: limit,
      EncodingType: input.EncodingType,
      IsTruncated: page.next !== undefined,
      Contents: page.objects.map((object) => listedObject(object, encode(object.key), owner)),
      CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) })),
    };
  },
};
