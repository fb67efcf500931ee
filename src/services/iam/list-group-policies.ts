/** ListGroupPolicies: the names of the inline policies. */
import type { ListGroupPoliciesRequest, ListGroupPoliciesResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { inlinePage } from './inline-policies.ts';
import { groups } from './named-records.ts';
import { onGroup } from './permissions.ts';

export const listGroupPolicies: Operation<ListGroupPoliciesRequest, ListGroupPoliciesResponse> = {
  name: 'ListGroupPolicies',
  permission: onGroup('iam:ListGroupPolicies'),
  handle: async (input, call) => {
    const group = await groups.find(call.sojourn.state, call.account, input.GroupName);
    return inlinePage(call, 'ListGroupPolicies', group, input);
  },
};
