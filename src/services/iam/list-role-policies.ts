/** ListRolePolicies: the names of the inline policies. */
import type { ListRolePoliciesRequest, ListRolePoliciesResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { inlinePage } from './inline-policies.ts';
import { roles } from './named-records.ts';
import { onRole } from './permissions.ts';

export const listRolePolicies: Operation<ListRolePoliciesRequest, ListRolePoliciesResponse> = {
  name: 'ListRolePolicies',
  permission: onRole('iam:ListRolePolicies'),
  handle: async (input, call) => {
    const role = await roles.find(call.sojourn.state, call.account, input.RoleName);
    return inlinePage(call, 'ListRolePolicies', role, input);
  },
};
