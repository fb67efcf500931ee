/** AttachGroupPolicy: attaching one that is attached changes nothing. */
import type { AttachGroupPolicyRequest, Empty } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { attachPolicy } from './attachments.ts';
import { groups } from './named-records.ts';
import { onGroup } from './permissions.ts';

export const attachGroupPolicy: Operation<AttachGroupPolicyRequest, Empty> = {
  name: 'AttachGroupPolicy',
  permission: onGroup('iam:AttachGroupPolicy', (input) => ({ 'iam:PolicyARN': input.PolicyArn })),
  handle: async (input, call) => {
    await groups.change(call, input.GroupName, (group, writers) =>
      attachPolicy(writers, 'group', group, input.PolicyArn),
    );
    return {};
  },
};
