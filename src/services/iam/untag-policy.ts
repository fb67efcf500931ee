/** UntagPolicy: keys that are not there are no error. */
import type { Empty, UntagPolicyRequest } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { untagKeys } from './condition-keys.ts';
import { changePolicy, onPolicy, TAGGING_REFUSALS } from './managed-policies.ts';
import { removeTags } from './tags.ts';

export const untagPolicy: Operation<UntagPolicyRequest, Empty> = {
  name: 'UntagPolicy',
  permission: onPolicy('iam:UntagPolicy', (input) => untagKeys(input.TagKeys)),
  handle: async (input, call) => {
    await changePolicy(call, input.PolicyArn, TAGGING_REFUSALS, (policy) => ({
      ...policy,
      tags: removeTags(policy.tags, input.TagKeys, 'kept'),
    }));
    return {};
  },
};
