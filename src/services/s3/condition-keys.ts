/**
 * The `s3:` condition keys of a request (reference iam-policy-evaluation 11). A key made from a
 * header or parameter exists only when that was sent: negated conditions depend on it.
 */
import type { Tag } from '../../base/tags.ts';
import type { Bucket } from '../../storage/state/bucket-record.ts';
import type { Call, Requirement } from '../operation.ts';

/** Condition keys of one requirement. */
export type Keys = NonNullable<Requirement['context']>;

/** Headers that PutObject and its kin turn into a key of the same name. */
const WRITE_HEADERS = [
  'x-amz-acl',
  'x-amz-grant-read',
  'x-amz-grant-write',
  'x-amz-grant-read-acp',
  'x-amz-grant-write-acp',
  'x-amz-grant-full-control',
  'x-amz-metadata-directive',
  'x-amz-server-side-encryption',
  'x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-server-side-encryption-customer-algorithm',
  'x-amz-storage-class',
  'x-amz-website-redirect-location',
  'x-amz-object-ownership',
  'if-match',
  'if-none-match',
] as const;

const LIST_PARAMETERS = ['prefix', 'delimiter', 'max-keys'] as const;

/** The keys that every S3 action has. `s3:TlsVersion` is not among them: the request does not tell it. */
export function requestKeys(bucket: Bucket | undefined, call: Call): Keys {
  const keys: Record<string, string> = {};
  const { headers, query } = call.http;
  if (bucket !== undefined) keys['s3:ResourceAccount'] = bucket.account;
  const digest = headers['x-amz-content-sha256'] ?? query.get('X-Amz-Content-Sha256');
  if (digest !== undefined) keys['s3:x-amz-content-sha256'] = digest;
  return call.caller.kind === 'anonymous' ? keys : { ...keys, ...signatureKeys(call) };
}

/** How the request was signed. The age is known of presigned Version 4 only: Version 2 says when it ends, not when it began. */
function signatureKeys({ http, now }: Call): Keys {
  const { headers, query } = http;
  const signedAt = query.get('X-Amz-Date');
  const isVersion2 = query.has('AWSAccessKeyId') || headers['authorization']?.startsWith('AWS ') === true;
  const inQuery = headers['authorization'] === undefined;
  const age = inQuery && !isVersion2 && signedAt !== undefined ? now - parseBasicDate(signedAt) : Number.NaN;
  return {
    's3:signatureversion': isVersion2 ? 'AWS' : 'AWS4-HMAC-SHA256',
    's3:authType': inQuery ? 'REST-QUERY-STRING' : 'REST-HEADER',
    ...(Number.isFinite(age) && { 's3:signatureAge': String(Math.max(0, age)) }),
  };
}

/** `s3:prefix`, `s3:delimiter`, `s3:max-keys` of a listing. */
export function listKeys(call: Call): Keys {
  const keys: Record<string, string> = {};
  for (const name of LIST_PARAMETERS) {
    const value = call.http.query.get(name);
    if (value !== undefined) keys[`s3:${name}`] = value;
  }
  return keys;
}

/** The keys of the headers that came with a write. */
export function writeKeys(call: Call): Keys {
  const keys: Record<string, string> = {};
  for (const name of WRITE_HEADERS) {
    const value = call.http.headers[name];
    if (value !== undefined) keys[`s3:${name}`] = value;
  }
  return keys;
}

/** `s3:RequestObjectTag/k` and `s3:RequestObjectTagKeys` for the tags in a request. */
export function requestTagKeys(tags: readonly Tag[]): Keys {
  const keys: Record<string, string | readonly string[]> = { 's3:RequestObjectTagKeys': tags.map((tag) => tag.Key) };
  for (const { Key, Value } of tags) keys[`s3:RequestObjectTag/${Key}`] = Value;
  return keys;
}

/** `s3:ExistingObjectTag/k` for the tags that an object has. */
export function existingTagKeys(tags: Readonly<Record<string, string>>): Keys {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`s3:ExistingObjectTag/${key}`, value]));
}

/** `s3:versionid` of a request that names a version. */
export function versionKey(versionId: string | undefined): Keys {
  return versionId === undefined ? {} : { 's3:versionid': versionId };
}

/** `aws:RequestTag/k` and `aws:TagKeys` for a resource that is tagged by the request. */
export function resourceTagKeys(tags: readonly Tag[]): Keys {
  const keys: Record<string, string | readonly string[]> = { 'aws:TagKeys': tags.map((tag) => tag.Key) };
  for (const { Key, Value } of tags) keys[`aws:RequestTag/${Key}`] = Value;
  return keys;
}

/** Milliseconds since the epoch of `20261122T211800Z`; NaN when it is not of that form. */
function parseBasicDate(text: string): number {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (match === null) return Number.NaN;
  const [, year, month, day, hour, minute, second] = match;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
