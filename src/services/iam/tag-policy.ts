/** TagPolicy: a key that is there takes the new value; keys that differ in case are two tags. */
import type { Empty, TagPolicyRequest } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { requestTagKeys } from './condition-keys.ts';
import { changePolicy, onPolicy, TAGGING_REFUSALS } from './managed-policies.ts';
import { addTags } from './tags.ts';

export const tagPolicy: Operation<TagPolicyRequest, Empty> = {
  name: 'TagPolicy',
  permission: onPolicy('iam:TagPolicy', (input) => requestTagKeys(input.Tags)),
  handle: async (input, call) => {
    await changePolicy(call, input.PolicyArn, TAGGING_REFUSALS, (policy) => ({
      ...policy,
      tags: addTags(policy.tags, input.Tags, 'kept'),
    }));
    return {};
  },
};
