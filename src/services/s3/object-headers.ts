/** A stored object as the headers of GET, HEAD and the answers to writes show it. */
import type { StoredObject } from '../../storage/objects/objects.ts';
import type { Bucket } from '../../storage/state/bucket-record.ts';
import type { GetObjectOutput, HeadObjectOutput } from '../../wire/generated/s3-types.ts';
import { quoted } from './etag.ts';
import { shownVersionId } from './object-versions.ts';
import { shownClass } from './storage-classes.ts';
import { wholeSeconds } from './whole-seconds.ts';

/** Members of GetObjectOutput and HeadObjectOutput that tell the object rather than the request. */
export type ObjectHeaders = Omit<HeadObjectOutput, 'ContentLength' | 'ArchiveStatus'> & GetObjectOutput;

/** What S3 has said of every object since January 2023; the folder's README says what Sojourn means by it. */
export const SSE_S3 = 'AES256';

/** The headers of the object as it was written; {@link overridden} applies those of the request. */
export function objectHeaders(object: StoredObject, bucket: Bucket): ObjectHeaders {
  const { headers } = object;
  return {
    AcceptRanges: 'bytes',
    VersionId: shownVersionId(bucket, object.versionId),
    LastModified: wholeSeconds(object.lastModified),
    ETag: quoted(object.etag),
    CacheControl: headers['cache-control'],
    ContentDisposition: headers['content-disposition'],
    ContentEncoding: headers['content-encoding'],
    ContentLanguage: headers['content-language'],
    ContentType: headers['content-type'],
    Expires: headers['expires'],
    WebsiteRedirectLocation: headers['x-amz-website-redirect-location'],
    ServerSideEncryption: SSE_S3,
    Metadata: object.metadata,
    StorageClass: shownClass(object.storageClass),
  };
}

/** `response-*` parameters of GET and HEAD. */
export interface ResponseOverrides {
  readonly ResponseCacheControl?: string | undefined;
  readonly ResponseContentDisposition?: string | undefined;
  readonly ResponseContentEncoding?: string | undefined;
  readonly ResponseContentLanguage?: string | undefined;
  readonly ResponseContentType?: string | undefined;
  readonly ResponseExpires?: Date | undefined;
}

/** Whether the request has any `response-*` parameter. */
export function hasOverrides(input: ResponseOverrides): boolean {
  return (
    input.ResponseCacheControl !== undefined ||
    input.ResponseContentDisposition !== undefined ||
    input.ResponseContentEncoding !== undefined ||
    input.ResponseContentLanguage !== undefined ||
    input.ResponseContentType !== undefined ||
    input.ResponseExpires !== undefined
  );
}

/** The headers with those that the request asked for in their place. */
export function overridden(shown: ObjectHeaders, input: ResponseOverrides): ObjectHeaders {
  return {
    ...shown,
    CacheControl: input.ResponseCacheControl ?? shown.CacheControl,
    ContentDisposition: input.ResponseContentDisposition ?? shown.ContentDisposition,
    ContentEncoding: input.ResponseContentEncoding ?? shown.ContentEncoding,
    ContentLanguage: input.ResponseContentLanguage ?? shown.ContentLanguage,
    ContentType: input.ResponseContentType ?? shown.ContentType,
    Expires: input.ResponseExpires?.toUTCString() ?? shown.Expires,
  };
}
