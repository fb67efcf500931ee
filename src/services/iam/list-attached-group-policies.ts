/** ListAttachedGroupPolicies: the managed policies of a group, in order of attachment. */
import type {
  ListAttachedGroupPoliciesRequest,
  ListAttachedGroupPoliciesResponse,
} from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { attachedPage } from './attachments.ts';
import { groups } from './named-records.ts';
import { onGroup } from './permissions.ts';

export const listAttachedGroupPolicies: Operation<ListAttachedGroupPoliciesRequest, ListAttachedGroupPoliciesResponse> =
  {
    name: 'ListAttachedGroupPolicies',
    permission: onGroup('iam:ListAttachedGroupPolicies'),
    handle: async (input, call) => {
      const group = await groups.find(call.sojourn.state, call.account, input.GroupName);
      return attachedPage(call, 'ListAttachedGroupPolicies', group, input);
    },
  };
