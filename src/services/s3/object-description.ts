/** What a write says about its object beyond the bytes: headers, metadata, tags, storage class. */
import type { ObjectFacts } from '../../storage/objects/objects.ts';
import { s3Error } from './errors.ts';
import { checkStorageClass } from './storage-classes.ts';
import { checkObjectTags, readTaggingHeader } from './tag-sets.ts';

/** The facts that a request states rather than its bytes. */
export type Description = Pick<ObjectFacts, 'headers' | 'metadata' | 'tags' | 'storageClass'>;

/** Members of PutObject, CopyObject and CreateMultipartUpload that describe the object. */
export interface DescribingInput {
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly ContentType?: string | undefined;
  readonly Expires?: string | undefined;
  readonly Metadata?: Readonly<Record<string, string>> | undefined;
  readonly StorageClass?: string | undefined;
  readonly Tagging?: string | undefined;
  readonly WebsiteRedirectLocation?: string | undefined;
}

/** Of all `x-amz-meta-` names and values together, in bytes of UTF-8. */
const MOST_METADATA = 2048;
/** What S3 says of an object whose writer did not say. */
const DEFAULT_TYPE = 'binary/octet-stream';

/**
 * Reads the description out of a request.
 *
 * @throws ServiceError MetadataTooLarge, InvalidStorageClass, InvalidTag and its kin
 */
export function describe(input: DescribingInput): Description {
  return {
    headers: describedHeaders(input),
    metadata: describedMetadata(input.Metadata ?? {}),
    tags: checkObjectTags(readTaggingHeader(input.Tagging)),
    storageClass: checkStorageClass(input.StorageClass),
  };
}

function describedHeaders(input: DescribingInput): Readonly<Record<string, string>> {
  const headers: Record<string, string> = { 'content-type': input.ContentType ?? DEFAULT_TYPE };
  const optional: readonly (readonly [string, string | undefined])[] = [
    ['cache-control', input.CacheControl],
    ['content-disposition', input.ContentDisposition],
    ['content-encoding', contentEncoding(input.ContentEncoding)],
    ['content-language', input.ContentLanguage],
    ['expires', input.Expires],
    ['x-amz-website-redirect-location', input.WebsiteRedirectLocation],
  ];
  for (const [name, value] of optional) if (value !== undefined && value !== '') headers[name] = value;
  return headers;
}

/** `aws-chunked` is how the body travelled, not what the object is. */
function contentEncoding(sent: string | undefined): string | undefined {
  return sent
    ?.split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding.toLowerCase() !== 'aws-chunked')
    .join(',');
}

function describedMetadata(sent: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const metadata: Record<string, string> = {};
  let size = 0;
  for (const [name, value] of Object.entries(sent)) {
    size += Buffer.byteLength(name) + Buffer.byteLength(value);
    metadata[name.toLowerCase()] = value;
  }
  if (size > MOST_METADATA) {
    throw s3Error('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size', {
      details: { Size: String(size), MaxSizeAllowed: String(MOST_METADATA) },
    });
  }
  return metadata;
}
