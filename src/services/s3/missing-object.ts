/** The version that a request names, or what it is told instead: who may not list the bucket does not learn what is not there. */
import type { ServiceError } from '../../base/service-error.ts';
import type { StoredObject } from '../../storage/objects/objects.ts';
import type { Bucket } from '../../storage/state/bucket-record.ts';
import { authorize } from '../../federation/authorize.ts';
import type { Call } from '../operation.ts';
import { accessDenied } from '../../federation/require-allowed.ts';
import { noSuchKey } from './errors.ts';
import { existingBucket } from './existing-bucket.ts';
import { deletedKey, deleteMarkerRefusal, noSuchVersion } from './object-versions.ts';
import { bucketRequirement, type ObjectInput } from './permissions.ts';

/** What an operation answers where it meets a delete marker (observed on AWS, 2026). */
export interface MarkerAnswers {
  /** When it is the latest version and none was named: as for nothing at all, or 405. A named one is always 405. */
  readonly latest: 'noSuchKey' | 'methodNotAllowed';
  /** Whether the 405 has Last-Modified. */
  readonly tellsTime: boolean;
}

/** Of GetObject, HeadObject and GetObjectAttributes. */
export const READ_OBJECT: MarkerAnswers = { latest: 'noSuchKey', tellsTime: true };
/** Of GetObjectAcl. */
export const READ_ACL: MarkerAnswers = { latest: 'noSuchKey', tellsTime: false };
/** Of tagging and PutObjectAcl. */
export const SUBRESOURCE: MarkerAnswers = { latest: 'methodNotAllowed', tellsTime: false };

/**
 * The version that `input` names, or the latest.
 *
 * @throws ServiceError as {@link missingObject}; NoSuchVersion, NoSuchKey or MethodNotAllowed for a delete marker
 */
export async function existingObject(input: ObjectInput, call: Call, markers: MarkerAnswers): Promise<StoredObject> {
  const { Bucket, Key, VersionId } = input;
  const version = await call.sojourn.objects.find(Bucket, Key, VersionId);
  if (version?.kind === 'object') return version.object;
  if (version === undefined) throw await missingObject(await existingBucket(input, call), Key, VersionId, call);
  if (VersionId === undefined && markers.latest === 'noSuchKey') throw deletedKey(version.marker);
  throw deleteMarkerRefusal(version.marker, call, markers.tellsTime);
}

/**
 * NoSuchKey, or NoSuchVersion where one was named, for a caller with `s3:ListBucket` on the bucket, else
 * AccessDenied (reference iam-policy-evaluation 11).
 */
export async function missingObject(
  bucket: Bucket,
  key: string,
  versionId: string | undefined,
  call: Call,
): Promise<ServiceError> {
  const decision = await authorize(bucketRequirement('s3:ListBucket', bucket, call), call);
  if (decision.outcome !== 'allow') return accessDenied(decision, call);
  return versionId === undefined ? noSuchKey(key) : noSuchVersion(key, versionId);
}
