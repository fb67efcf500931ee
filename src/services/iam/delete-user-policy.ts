/** DeleteUserPolicy: deletes an inline policy. */
import type { DeleteUserPolicyRequest, Empty } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { deleteInlinePolicy } from './inline-policies.ts';
import { users } from './named-records.ts';
import { onUser } from './permissions.ts';

export const deleteUserPolicy: Operation<DeleteUserPolicyRequest, Empty> = {
  name: 'DeleteUserPolicy',
  permission: onUser('iam:DeleteUserPolicy'),
  handle: async (input, call) => {
    await users.change(call, input.UserName, (user) => deleteInlinePolicy('user', user, input.PolicyName));
    return {};
  },
};
