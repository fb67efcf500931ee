/** DetachUserPolicy: one that is not attached is `NoSuchEntity`. */
import type { DetachUserPolicyRequest, Empty } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { detachPolicy } from './attachments.ts';
import { users } from './named-records.ts';
import { onUser } from './permissions.ts';

export const detachUserPolicy: Operation<DetachUserPolicyRequest, Empty> = {
  name: 'DetachUserPolicy',
  permission: onUser('iam:DetachUserPolicy', (input) => ({ 'iam:PolicyARN': input.PolicyArn })),
  handle: async (input, call) => {
    await users.change(call, input.UserName, (user, writers) => detachPolicy(writers, 'user', user, input.PolicyArn));
    return {};
  },
};
