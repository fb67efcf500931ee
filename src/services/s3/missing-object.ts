/** An object that is not there: who may not list the bucket does not learn that. */
import type { ServiceError } from '../../base/service-error.ts';
import type { StoredObject } from '../../storage/objects/objects.ts';
import type { Bucket } from '../../storage/state/bucket-record.ts';
import { authorize } from '../../federation/authorize.ts';
import type { Call } from '../operation.ts';
import { accessDenied } from '../../federation/require-allowed.ts';
import { noSuchKey } from './errors.ts';
import { existingBucket } from './existing-bucket.ts';
import { checkVersion } from './object-keys.ts';
import { bucketRequirement, type ObjectInput } from './permissions.ts';

/**
 * The object that `input` names.
 *
 * @throws ServiceError as {@link missingObject}, and NoSuchVersion
 */
export async function existingObject(input: ObjectInput, call: Call): Promise<StoredObject> {
  const object = await call.sojourn.objects.head(input.Bucket, input.Key);
  if (object === undefined) throw await missingObject(await existingBucket(input, call), input.Key, call);
  checkVersion(input.Key, input.VersionId);
  return object;
}

/** NoSuchKey for a caller with `s3:ListBucket` on the bucket, else AccessDenied (reference iam-policy-evaluation 11). */
export async function missingObject(bucket: Bucket, key: string, call: Call): Promise<ServiceError> {
  const decision = await authorize(bucketRequirement('s3:ListBucket', bucket, call), call);
  return decision.outcome === 'allow' ? noSuchKey(key) : accessDenied(decision, call);
}
