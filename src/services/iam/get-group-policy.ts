/** GetGroupPolicy: an inline policy with its document, percent-encoded. */
import type { GetGroupPolicyRequest, GetGroupPolicyResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { encodeDocument } from './documents.ts';
import { inlinePolicy } from './inline-policies.ts';
import { groups } from './named-records.ts';
import { onGroup } from './permissions.ts';

export const getGroupPolicy: Operation<GetGroupPolicyRequest, GetGroupPolicyResponse> = {
  name: 'GetGroupPolicy',
  permission: onGroup('iam:GetGroupPolicy'),
  handle: async (input, call) => {
    const group = await groups.find(call.sojourn.state, call.account, input.GroupName);
    return {
      GroupName: group.name,
      PolicyName: input.PolicyName,
      PolicyDocument: encodeDocument(inlinePolicy('group', group, input.PolicyName)),
    };
  },
};
