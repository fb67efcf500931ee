/** Deleting one object or version, whether it is asked for alone or among others. */
import { NULL_VERSION } from '../../base/version-id.ts';
import type { DeleteCheck } from '../../storage/objects/objects.ts';
import type { Bucket } from '../../storage/state/bucket-record.ts';
import type { Call, Requirement } from '../operation.ts';
import { versionKey, writeKeys } from './condition-keys.ts';
import { noSuchKey, s3Error } from './errors.ts';
import { namesEtag } from './etag.ts';
import { writtenVersion } from './object-versions.ts';
import { objectRequirement } from './permissions.ts';
import { preconditionFailed } from './preconditions.ts';
import { confirmWritten } from './store-object.ts';

/** Actions that a deletion may ask for. */
export const DELETE_ACTIONS = ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:GetObject'] as const;

/** What is to be deleted. */
export interface DeletionInput {
  readonly Key: string;
  /** This version, for ever. */
  readonly VersionId?: string | undefined;
  /** If-Match: an entity tag, or `*`. */
  readonly match?: string | undefined;
}

/** What was deleted. */
export interface Deletion {
  /** Of the version that went, or of the delete marker that came; undefined in a bucket that never had versions. */
  readonly versionId: string | undefined;
  /** Whether a delete marker came, or went. */
  readonly deleteMarker: boolean;
}

/**
 * `s3:DeleteObject`, or `s3:DeleteObjectVersion` when a version is named; and `s3:GetObject` to compare
 * an entity tag (S3 User Guide, "How to perform conditional deletes").
 */
export function deleteRequirements(bucket: Bucket, object: DeletionInput, call: Call): readonly Requirement[] {
  const { Key, VersionId, match } = object;
  const keys = { ...writeKeys(call), ...versionKey(VersionId), ...(match !== undefined && { 's3:if-match': match }) };
  if (VersionId !== undefined) return [objectRequirement('s3:DeleteObjectVersion', bucket, Key, call, keys)];
  const actions = match === undefined || match === '*' ? ['s3:DeleteObject'] : ['s3:DeleteObject', 's3:GetObject'];
  return actions.map((action) => objectRequirement(action, bucket, Key, call, keys));
}

/**
 * Deletes. Where versions are kept and none is named, a delete marker is put on top instead; deleting
 * what is not there succeeds.
 *
 * @throws ServiceError NoSuchKey, PreconditionFailed (If-Match), NotImplemented (If-Match for a named version)
 */
export async function deleteVersion(bucket: Bucket, object: DeletionInput, call: Call): Promise<Deletion> {
  const { Key, VersionId, match } = object;
  const { objects } = call.sojourn;
  if (VersionId !== undefined) {
    if (match !== undefined) throw conditionOnVersion();
    const gone = await objects.delete(bucket.name, Key, VersionId);
    return { versionId: VersionId, deleteMarker: gone?.kind === 'deleteMarker' };
  }
  const check = match === undefined ? undefined : matching(match, Key);
  if (bucket.versioning === undefined) {
    await objects.delete(bucket.name, Key, NULL_VERSION, check);
    return { versionId: undefined, deleteMarker: false };
  }
  const { versionId } = await objects.mark(bucket.name, Key, writtenVersion(bucket), check);
  await confirmWritten(bucket, Key, versionId, call);
  return { versionId, deleteMarker: true };
}

function matching(match: string, key: string): DeleteCheck {
  return (present) => {
    if (present?.kind !== 'object') throw noSuchKey(key);
    if (!namesEtag(match, present.object.etag)) throw preconditionFailed('If-Match');
  };
}

/** Observed on AWS, September 2026. */
function conditionOnVersion(): Error {
  return s3Error('NotImplemented', 'A header you provided implies functionality that is not implemented', {
    details: {
      Header: 'If-Match',
      additionalMessage:
        'Conditional delete operations are not allowed when a version ID is included in the request parameters.',
    },
  });
}
