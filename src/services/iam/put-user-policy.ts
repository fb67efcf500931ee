/** PutUserPolicy: puts an inline policy, in place of one of that name. */
import type { Empty, PutUserPolicyRequest } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { putInlinePolicy } from './inline-policies.ts';
import { users } from './named-records.ts';
import { onUser } from './permissions.ts';

export const putUserPolicy: Operation<PutUserPolicyRequest, Empty> = {
  name: 'PutUserPolicy',
  permission: onUser('iam:PutUserPolicy'),
  handle: async (input, call) => {
    await users.change(call, input.UserName, (user) =>
      putInlinePolicy('user', user, input.PolicyName, input.PolicyDocument),
    );
    return {};
  },
};
