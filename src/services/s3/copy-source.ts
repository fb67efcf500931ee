/** `x-amz-copy-source`: which object a copy reads, and the permission for it. */
import type { StoredObject } from '../../storage/objects/objects.ts';
import type { Bucket } from '../../storage/state/bucket-record.ts';
import type { Call, Requirement } from '../operation.ts';
import { existingTagKeys, type Keys } from './condition-keys.ts';
import { invalidArgument } from './errors.ts';
import { existingBucket } from './existing-bucket.ts';
import { missingObject } from './missing-object.ts';
import { checkKey, checkVersion } from './object-keys.ts';
import { objectRequirement } from './permissions.ts';
import { type CopySourceConditions, checkCopySourceConditions } from './preconditions.ts';

/** The source as the header names it. */
export interface CopySource {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string | undefined;
}

/** Members that CopyObject and UploadPartCopy share. */
export interface CopyInput extends CopySourceConditions {
  readonly CopySource: string;
  readonly ExpectedSourceBucketOwner?: string | undefined;
}

/**
 * Reads `[/]bucket/key[?versionId=…]`, URL-encoded as a form is: a `+` is a space, as live S3 reads it
 * and Terraform's provider writes it.
 *
 * @throws ServiceError InvalidArgument
 */
export function readCopySource(header: string): CopySource {
  const mark = header.indexOf('?versionId=');
  const path = decoded(mark < 0 ? header : header.slice(0, mark), header);
  const [bucket = '', ...rest] = (path.startsWith('/') ? path.slice(1) : path).split('/');
  const key = rest.join('/');
  if (bucket === '' || key === '') throw badSource(header);
  return { bucket, key, versionId: mark < 0 ? undefined : header.slice(mark + '?versionId='.length) };
}

/** The source's bucket, and the object if it is there. */
export async function lookUpSource(
  input: CopyInput,
  call: Call,
): Promise<{ readonly source: CopySource; readonly bucket: Bucket; readonly object: StoredObject | undefined }> {
  const source = readCopySource(input.CopySource);
  const bucket = await existingBucket(
    { Bucket: source.bucket, ExpectedBucketOwner: input.ExpectedSourceBucketOwner },
    call,
  );
  checkKey(source.key);
  return { source, bucket, object: await call.sojourn.objects.head(bucket.name, source.key) };
}

/**
 * The object to copy, held to the copy's conditions.
 *
 * @throws ServiceError NoSuchKey or AccessDenied, NoSuchVersion, PreconditionFailed
 */
export async function existingSource(input: CopyInput, call: Call): Promise<StoredObject> {
  const { source, bucket, object } = await lookUpSource(input, call);
  if (object === undefined) throw await missingObject(bucket, source.key, call);
  checkVersion(source.key, source.versionId);
  checkCopySourceConditions(input, object);
  return object;
}

/** `s3:GetObject` on the source, or `s3:GetObjectVersion`. */
export function sourceRequirement(
  source: CopySource,
  bucket: Bucket,
  object: StoredObject | undefined,
  call: Call,
): Requirement {
  const keys = existingTagKeys(object?.tags ?? {});
  return source.versionId === undefined
    ? objectRequirement('s3:GetObject', bucket, source.key, call, keys)
    : objectRequirement('s3:GetObjectVersion', bucket, source.key, call, { ...keys, 's3:versionid': source.versionId });
}

/** `s3:x-amz-copy-source` of the write: `bucket/key`, decoded, without the slash before it. */
export function copySourceKey(source: CopySource): Keys {
  return { 's3:x-amz-copy-source': `${source.bucket}/${source.key}` };
}

function decoded(path: string, header: string): string {
  try {
    return decodeURIComponent(path.replaceAll('+', ' '));
  } catch {
    throw badSource(header);
  }
}

function badSource(header: string): Error {
  return invalidArgument(
    'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
    'x-amz-copy-source',
    header,
  );
}
