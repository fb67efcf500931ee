/** `x-amz-copy-source`: which object a copy reads, and the permission for it. */
import type { StoredObject, Version } from '../../storage/objects/objects.ts';
import type { Bucket } from '../../storage/state/bucket-record.ts';
import type { Call, Requirement } from '../operation.ts';
import { existingTagKeys, versionKey, type Keys } from './condition-keys.ts';
import { invalidArgument, s3Error } from './errors.ts';
import { existingBucket } from './existing-bucket.ts';
import { missingObject } from './missing-object.ts';
import { checkKey } from './object-keys.ts';
import { checkVersionId, deletedKey, shownVersionId } from './object-versions.ts';
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

/** A copy's source, as far as it is there. */
export interface FoundSource {
  readonly source: CopySource;
  readonly bucket: Bucket;
  readonly found: Version | undefined;
  /** What was found, unless it is a delete marker. */
  readonly object: StoredObject | undefined;
}

/** The source's bucket, and the version if it is there. */
export async function lookUpSource(input: CopyInput, call: Call): Promise<FoundSource> {
  const source = readCopySource(input.CopySource);
  const bucket = await existingBucket(
    { Bucket: source.bucket, ExpectedBucketOwner: input.ExpectedSourceBucketOwner },
    call,
  );
  checkKey(source.key);
  checkVersionId(source.versionId, 'x-amz-copy-source');
  const found = await call.sojourn.objects.find(bucket.name, source.key, source.versionId);
  return { source, bucket, found, object: found?.kind === 'object' ? found.object : undefined };
}

/**
 * The object to copy, held to the copy's conditions; with its version as the answer tells it.
 *
 * @throws ServiceError NoSuchKey or AccessDenied, NoSuchVersion, InvalidRequest for a delete marker, PreconditionFailed
 */
export async function existingSource(
  input: CopyInput,
  call: Call,
): Promise<{ readonly object: StoredObject; readonly shownVersion: string | undefined }> {
  const { source, bucket, found } = await lookUpSource(input, call);
  if (found === undefined) throw await missingObject(bucket, source.key, source.versionId, call);
  if (found.kind === 'deleteMarker') {
    if (source.versionId === undefined) throw deletedKey(found.marker);
    throw s3Error(
      'InvalidRequest',
      'The source of a copy request may not specifically refer to a delete marker by version id.',
    );
  }
  checkCopySourceConditions(input, found.object);
  return { object: found.object, shownVersion: shownVersionId(bucket, found.object.versionId) };
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
    : objectRequirement('s3:GetObjectVersion', bucket, source.key, call, { ...keys, ...versionKey(source.versionId) });
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
