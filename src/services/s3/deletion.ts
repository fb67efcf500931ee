/** What deleting one object needs, whether it is asked for alone or among others. */
import type { Bucket } from '../../storage/state/bucket-record.ts';
import type { Call, Requirement } from '../operation.ts';
import { writeKeys } from './condition-keys.ts';
import { objectRequirement } from './permissions.ts';

/** `s3:DeleteObject`, or `s3:DeleteObjectVersion` when a version is named. */
export function deleteRequirement(
  bucket: Bucket,
  object: { readonly Key: string; readonly VersionId?: string | undefined },
  call: Call,
): Requirement {
  return object.VersionId === undefined
    ? objectRequirement('s3:DeleteObject', bucket, object.Key, call, writeKeys(call))
    : objectRequirement('s3:DeleteObjectVersion', bucket, object.Key, call, {
        ...writeKeys(call),
        's3:versionid': object.VersionId,
      });
}
