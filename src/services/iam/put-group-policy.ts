/** PutGroupPolicy: puts an inline policy, in place of one of that name. */
import type { Empty, PutGroupPolicyRequest } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { putInlinePolicy } from './inline-policies.ts';
import { groups } from './named-records.ts';
import { onGroup } from './permissions.ts';

export const putGroupPolicy: Operation<PutGroupPolicyRequest, Empty> = {
  name: 'PutGroupPolicy',
  permission: onGroup('iam:PutGroupPolicy'),
  handle: async (input, call) => {
    await groups.change(call, input.GroupName, (group) =>
      putInlinePolicy('group', group, input.PolicyName, input.PolicyDocument),
    );
    return {};
  },
};
