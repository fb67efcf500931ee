/** UntagPolicy: keys that are not there are no error. */
import type { Empty, UntagPolicyRequest } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { untagKeys } from './condition-keys.ts';
import { changePolicy, onPolicy } from './managed-policies.ts';
import { removeTags } from './tags.ts';

export const untagPolicy: Operation<UntagPolicyRequest, Empty> = {
  name: 'UntagPolicy',
  permission: onPolicy('iam:UntagPolicy', (input) => untagKeys(input.TagKeys)),
  handle: async (input, call) => {
    await changePolicy(call, input.PolicyArn, (policy) => ({
      ...policy,
      tags: removeTags(policy.tags, input.TagKeys, 'ignored'),
    }));
    return {};
  },
};
