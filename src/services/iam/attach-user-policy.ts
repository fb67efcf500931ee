/** AttachUserPolicy: attaching one that is attached changes nothing. */
import type { AttachUserPolicyRequest, Empty } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { attachPolicy } from './attachments.ts';
import { users } from './named-records.ts';
import { onUser } from './permissions.ts';

export const attachUserPolicy: Operation<AttachUserPolicyRequest, Empty> = {
  name: 'AttachUserPolicy',
  permission: onUser('iam:AttachUserPolicy', (input) => ({ 'iam:PolicyARN': input.PolicyArn })),
  handle: async (input, call) => {
    await users.change(call, input.UserName, (user, writers) => attachPolicy(writers, 'user', user, input.PolicyArn));
    return {};
  },
};
