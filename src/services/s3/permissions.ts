/** What S3 operations need permission for (reference iam-policy-evaluation 11): the shapes that most of them share. */
import { s3Arn } from '../../base/arn.ts';
import type { Version } from '../../storage/objects/objects.ts';
import type { Bucket } from '../../storage/state/bucket-record.ts';
import type { Call, Permission, Requirement } from '../operation.ts';
import { existingTagKeys, requestKeys, versionKey, type Keys } from './condition-keys.ts';
import { type BucketInput, existingBucket } from './existing-bucket.ts';
import { checkKey } from './object-keys.ts';
import { checkVersionId } from './object-versions.ts';

/** What every request on an object carries. */
export interface ObjectInput extends BucketInput {
  readonly Key: string;
  /** Of reads, deletes and tagging. */
  readonly VersionId?: string | undefined;
}

/** Permission for one action on the bucket itself; `keys` adds the operation's own condition keys. */
export function onBucket<Input extends BucketInput>(
  action: string,
  keys: (input: Input, call: Call) => Keys = () => ({}),
): Permission<Input> {
  return {
    kind: 'actions',
    actions: [action],
    requirements: async (input, call) => {
      const bucket = await existingBucket(input, call);
      return [bucketRequirement(action, bucket, call, keys(input, call))];
    },
  };
}

/** Permission for one action on the object, whether or not it exists yet. */
export function onObject<Input extends ObjectInput>(
  action: string,
  keys: (input: Input, call: Call) => Keys = () => ({}),
): Permission<Input> {
  return {
    kind: 'actions',
    actions: [action],
    requirements: async (input, call) => {
      const bucket = await existingBucket(input, call);
      checkKey(input.Key);
      return [objectRequirement(action, bucket, input.Key, call, keys(input, call))];
    },
  };
}

/**
 * Permission to read (or retag) an object that exists: has its tags as `s3:ExistingObjectTag/k`.
 *
 * @param actions all needed; of each the `…Version` action when the request names a version
 */
export function onExistingObject<Input extends ObjectInput>(
  actions: readonly (keyof typeof VERSION_ACTIONS)[],
  keys: (input: Input, call: Call) => Keys = () => ({}),
): Permission<Input> {
  return {
    kind: 'actions',
    actions: actions.flatMap((action) => [action, VERSION_ACTIONS[action]]),
    requirements: async (input, call) => (await existingRequirements(actions, input, call, keys(input, call))).needed,
  };
}

/**
 * Permission to read an object. Where its version is a delete marker, it is that of being told so: S3
 * says so even to those whom a policy denies the reading (observed on AWS, September 2026).
 */
export function onReadObject<Input extends ObjectInput>(): Permission<Input> {
  return {
    kind: 'actions',
    actions: ['s3:GetObject', 's3:GetObjectVersion', 's3:ListBucket'],
    requirements: async (input, call) => {
      const { bucket, found, needed } = await existingRequirements(['s3:GetObject'], input, call, {});
      return found?.kind === 'deleteMarker' ? [bucketRequirement('s3:ListBucket', bucket, call)] : needed;
    },
  };
}

/** The version that a request names, and what its actions need. */
async function existingRequirements(
  actions: readonly (keyof typeof VERSION_ACTIONS)[],
  input: ObjectInput,
  call: Call,
  keys: Keys,
): Promise<{ readonly bucket: Bucket; readonly found: Version | undefined; readonly needed: readonly Requirement[] }> {
  const bucket = await existingBucket(input, call);
  const { Key, VersionId } = input;
  checkKey(Key);
  checkVersionId(VersionId);
  const found = await call.sojourn.objects.find(bucket.name, Key, VersionId);
  const tags = found?.kind === 'object' ? found.object.tags : {};
  const context = { ...existingTagKeys(tags), ...keys, ...versionKey(VersionId) };
  const needed = actions.map((action) =>
    objectRequirement(VersionId === undefined ? action : VERSION_ACTIONS[action], bucket, Key, call, context),
  );
  return { bucket, found, needed };
}

/** Actions on an object, and what they are called when the request names a version. */
const VERSION_ACTIONS = {
  's3:GetObject': 's3:GetObjectVersion',
  's3:GetObjectAcl': 's3:GetObjectVersionAcl',
  's3:GetObjectAttributes': 's3:GetObjectVersionAttributes',
  's3:GetObjectTagging': 's3:GetObjectVersionTagging',
  's3:PutObjectAcl': 's3:PutObjectVersionAcl',
  's3:PutObjectTagging': 's3:PutObjectVersionTagging',
  's3:DeleteObjectTagging': 's3:DeleteObjectVersionTagging',
} as const;

/** One action on a bucket, with the keys of the request. */
export function bucketRequirement(action: string, bucket: Bucket, call: Call, keys: Keys = {}): Requirement {
  return { action, resource: s3Arn(bucket.name), context: { ...requestKeys(bucket, call), ...keys } };
}

/** One action on an object, with the keys of the request. */
export function objectRequirement(
  action: string,
  bucket: Bucket,
  key: string,
  call: Call,
  keys: Keys = {},
): Requirement {
  return { action, resource: s3Arn(bucket.name, key), context: { ...requestKeys(bucket, call), ...keys } };
}
