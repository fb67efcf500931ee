/** GetUserPolicy: an inline policy with its document, percent-encoded. */
import type { GetUserPolicyRequest, GetUserPolicyResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { encodeDocument } from './documents.ts';
import { inlinePolicy } from './inline-policies.ts';
import { users } from './named-records.ts';
import { onUser } from './permissions.ts';

export const getUserPolicy: Operation<GetUserPolicyRequest, GetUserPolicyResponse> = {
  name: 'GetUserPolicy',
  permission: onUser('iam:GetUserPolicy'),
  handle: async (input, call) => {
    const user = await users.find(call.sojourn.state, call.account, input.UserName);
    return {
      UserName: user.name,
      PolicyName: input.PolicyName,
      PolicyDocument: encodeDocument(inlinePolicy('user', user, input.PolicyName)),
    };
  },
};
