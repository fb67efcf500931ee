/** Versions of objects on the wire: their ids, and what a delete marker answers. */
import { NULL_VERSION, timeOfVersionId } from '../../base/version-id.ts';
import type { ServiceError } from '../../base/service-error.ts';
import type { DeleteMarker, WrittenVersion } from '../../storage/objects/objects.ts';
import type { Bucket } from '../../storage/state/bucket-record.ts';
import type { Call } from '../operation.ts';
import { invalidArgument, noSuchKey, s3Error } from './errors.ts';
import { wholeSeconds } from './whole-seconds.ts';

/**
 * Holds a version id to the form of those that were given.
 *
 * @param argument where it came from, for the answer
 * @throws ServiceError InvalidArgument (observed on AWS, September 2026: also for 32 characters that it never gave)
 */
export function checkVersionId(versionId: string | undefined, argument = 'versionId'): void {
  if (versionId === undefined || isVersionId(versionId)) return;
  if (versionId === '') throw invalidArgument('Version id cannot be the empty string', argument, '');
  throw invalidArgument('Invalid version id specified', argument, versionId);
}

/** Whether a text is `null` or has the form of an id. */
export function isVersionId(text: string): boolean {
  return text === NULL_VERSION || timeOfVersionId(text) !== undefined;
}

/**
 * Refuses a version id where a write makes a version of its own.
 *
 * @throws ServiceError InvalidArgument
 */
export function refuseVersionId(call: Call): void {
  const versionId = call.http.query.get('versionId');
  if (versionId === undefined) return;
  throw invalidArgument('This operation does not accept a version-id.', 'versionId', versionId);
}

/** What a write into this bucket does to the version before: a new one beside it, or the `null` version in its place. */
export function writtenVersion(bucket: Bucket): WrittenVersion {
  return bucket.versioning === 'Enabled' ? 'new' : 'null';
}

/** `x-amz-version-id` of an answer that tells a version: none where there never were any. */
export function shownVersionId(bucket: Bucket, versionId: string): string | undefined {
  return bucket.versioning === undefined ? undefined : versionId;
}

/** {@link shownVersionId} for an answer that has no such member in the model, though S3 sends it. */
export function tellVersion(bucket: Bucket, versionId: string, call: Call): void {
  const shown = shownVersionId(bucket, versionId);
  if (shown !== undefined) call.reply.headers['x-amz-version-id'] = shown;
}

/** `x-amz-version-id` of the answer to a write: the `null` version is not told (observed on AWS, September 2026). */
export function writtenVersionId(bucket: Bucket, versionId: string): string | undefined {
  return bucket.versioning === 'Enabled' ? versionId : undefined;
}

/** The error for a version that is not there, or not any more. */
export function noSuchVersion(key: string, versionId: string): ServiceError {
  return s3Error('NoSuchVersion', 'The specified version does not exist.', {
    details: { Key: key, VersionId: versionId },
  });
}

/** 404 for a key whose latest version is a delete marker, which the headers tell. */
export function deletedKey(marker: DeleteMarker): ServiceError {
  const { code, message, details } = noSuchKey(marker.key);
  return s3Error('NoSuchKey', message, { details, headers: markerHeaders(marker), reason: `${code}: a delete marker` });
}

/** 405 for what cannot be done with a delete marker: all but deleting it. */
export function deleteMarkerRefusal(marker: DeleteMarker, call: Call, tellsTime: boolean): ServiceError {
  const lastModified = { 'last-modified': wholeSeconds(marker.lastModified).toUTCString() };
  return s3Error('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
    details: { Method: call.http.method, ResourceType: 'DeleteMarker' },
    headers: { ...markerHeaders(marker), allow: 'DELETE', ...(tellsTime && lastModified) },
  });
}

function markerHeaders(marker: DeleteMarker): Readonly<Record<string, string>> {
  return { 'x-amz-delete-marker': 'true', 'x-amz-version-id': marker.versionId };
}
