/** ListUserPolicies: the names of the inline policies. */
import type { ListUserPoliciesRequest, ListUserPoliciesResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { inlinePage } from './inline-policies.ts';
import { users } from './named-records.ts';
import { onUser } from './permissions.ts';

export const listUserPolicies: Operation<ListUserPoliciesRequest, ListUserPoliciesResponse> = {
  name: 'ListUserPolicies',
  permission: onUser('iam:ListUserPolicies'),
  handle: async (input, call) => {
    const user = await users.find(call.sojourn.state, call.account, input.UserName);
    return inlinePage(call, 'ListUserPolicies', user, input);
  },
};
