/** DetachGroupPolicy: one that is not attached is `NoSuchEntity`. */
import type { DetachGroupPolicyRequest, Empty } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { detachPolicy } from './attachments.ts';
import { groups } from './named-records.ts';
import { onGroup } from './permissions.ts';

export const detachGroupPolicy: Operation<DetachGroupPolicyRequest, Empty> = {
  name: 'DetachGroupPolicy',
  permission: onGroup('iam:DetachGroupPolicy', (input) => ({ 'iam:PolicyARN': input.PolicyArn })),
  handle: async (input, call) => {
    await groups.change(call, input.GroupName, (group, writers) =>
      detachPolicy(writers, 'group', group, input.PolicyArn),
    );
    return {};
  },
};
