/** ListAttachedUserPolicies: the managed policies of a user, in order of attachment. */
import type {
  ListAttachedUserPoliciesRequest,
  ListAttachedUserPoliciesResponse,
} from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { attachedPage } from './attachments.ts';
import { users } from './named-records.ts';
import { onUser } from './permissions.ts';

export const listAttachedUserPolicies: Operation<ListAttachedUserPoliciesRequest, ListAttachedUserPoliciesResponse> = {
  name: 'ListAttachedUserPolicies',
  permission: onUser('iam:ListAttachedUserPolicies'),
  handle: async (input, call) => {
    const user = await users.find(call.sojourn.state, call.account, input.UserName);
    return attachedPage(call, 'ListAttachedUserPolicies', user, input);
  },
};
