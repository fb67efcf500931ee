/** DeleteGroupPolicy: deletes an inline policy. */
import type { DeleteGroupPolicyRequest, Empty } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { deleteInlinePolicy } from './inline-policies.ts';
import { groups } from './named-records.ts';
import { onGroup } from './permissions.ts';

export const deleteGroupPolicy: Operation<DeleteGroupPolicyRequest, Empty> = {
  name: 'DeleteGroupPolicy',
  permission: onGroup('iam:DeleteGroupPolicy'),
  handle: async (input, call) => {
    await groups.change(call, input.GroupName, (group) => deleteInlinePolicy('group', group, input.PolicyName));
    return {};
  },
};
