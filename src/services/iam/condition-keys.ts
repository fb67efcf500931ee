/** Condition keys that only IAM's operations know (AWS service authorization reference, IAM). */
import type { Tag } from '../../base/tags.ts';
import type { Requirement } from '../operation.ts';

export type ConditionKeys = NonNullable<Requirement['context']>;

/** `aws:RequestTag/k` and `aws:TagKeys` of a call that sets tags. */
export function requestTagKeys(tags: readonly Tag[] | undefined): ConditionKeys {
  if (tags === undefined || tags.length === 0) return {};
  return {
    ...Object.fromEntries(tags.map((tag) => [`aws:RequestTag/${tag.Key}`, tag.Value])),
    'aws:TagKeys': tags.map((tag) => tag.Key),
  };
}

/** `aws:TagKeys` of a call that takes tags away. */
export function untagKeys(keys: readonly string[]): ConditionKeys {
  return { 'aws:TagKeys': keys };
}

/** `iam:ResourceTag/k` and `aws:ResourceTag/k` of an entity that exists. */
export function resourceTagKeys(tags: readonly Tag[] | undefined): ConditionKeys {
  return Object.fromEntries(
    (tags ?? []).flatMap((tag) => [
      [`aws:ResourceTag/${tag.Key}`, tag.Value],
      [`iam:ResourceTag/${tag.Key}`, tag.Value],
    ]),
  );
}

/** `iam:PermissionsBoundary`: the boundary that the call sets, or that its entity has. */
export function boundaryKey(arn: string | undefined): ConditionKeys {
  return arn === undefined ? {} : { 'iam:PermissionsBoundary': arn };
}
