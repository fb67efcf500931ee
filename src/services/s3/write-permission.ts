/** What a write of an object needs permission for, by the headers that come with it (reference iam-policy-evaluation 11). */
import type { Tag } from '../../base/tags.ts';
import type { Bucket } from '../../storage/state/bucket-record.ts';
import type { Call, Requirement } from '../operation.ts';
import { type Keys, requestTagKeys, writeKeys } from './condition-keys.ts';
import { objectRequirement } from './permissions.ts';

/** Actions that a write may ask for, beside what it reads. */
export const WRITE_ACTIONS = ['s3:PutObject', 's3:PutObjectTagging', 's3:PutObjectAcl', 's3:GetObject'] as const;

/** What the write says, as far as it needs permission of its own. */
export interface WriteFacts {
  readonly Key: string;
  readonly ACL?: string | undefined;
  readonly GrantFullControl?: string | undefined;
  readonly GrantRead?: string | undefined;
  readonly GrantReadACP?: string | undefined;
  readonly GrantWriteACP?: string | undefined;
  readonly IfMatch?: string | undefined;
}

/**
 * `s3:PutObject`; with tags `s3:PutObjectTagging`, with an ACL `s3:PutObjectAcl`, and with If-Match
 * `s3:GetObject`, since the answer tells about the object that is there.
 *
 * @param tags that the new object is to have, those copied from a source included
 * @param creates whether the object is there afterwards (`s3:ObjectCreationOperation`)
 */
export function writeRequirements(
  input: WriteFacts,
  bucket: Bucket,
  call: Call,
  facts: { readonly tags: readonly Tag[]; readonly creates: boolean; readonly keys?: Keys },
): readonly Requirement[] {
  const keys = {
    ...writeKeys(call),
    ...(facts.tags.length > 0 && requestTagKeys(facts.tags)),
    's3:ObjectCreationOperation': String(facts.creates),
    ...facts.keys,
  };
  const actions = ['s3:PutObject'];
  if (facts.tags.length > 0) actions.push('s3:PutObjectTagging');
  if (setsAcl(input)) actions.push('s3:PutObjectAcl');
  if (input.IfMatch !== undefined) actions.push('s3:GetObject');
  return actions.map((action) => objectRequirement(action, bucket, input.Key, call, keys));
}

function setsAcl(input: WriteFacts): boolean {
  return [input.ACL, input.GrantFullControl, input.GrantRead, input.GrantReadACP, input.GrantWriteACP].some(
    (header) => header !== undefined,
  );
}
