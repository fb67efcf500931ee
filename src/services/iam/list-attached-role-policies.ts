/** ListAttachedRolePolicies: the managed policies of a role, in order of attachment. */
import type {
  ListAttachedRolePoliciesRequest,
  ListAttachedRolePoliciesResponse,
} from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { attachedPage } from './attachments.ts';
import { roles } from './named-records.ts';
import { onRole } from './permissions.ts';

export const listAttachedRolePolicies: Operation<ListAttachedRolePoliciesRequest, ListAttachedRolePoliciesResponse> = {
  name: 'ListAttachedRolePolicies',
  permission: onRole('iam:ListAttachedRolePolicies'),
  handle: async (input, call) => {
    const role = await roles.find(call.sojourn.state, call.account, input.RoleName);
    return attachedPage(call, 'ListAttachedRolePolicies', role, input);
  },
};
