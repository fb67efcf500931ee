/** GetRolePolicy: an inline policy with its document, percent-encoded. */
import type { GetRolePolicyRequest, GetRolePolicyResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { encodeDocument } from './documents.ts';
import { inlinePolicy } from './inline-policies.ts';
import { roles } from './named-records.ts';
import { onRole } from './permissions.ts';

export const getRolePolicy: Operation<GetRolePolicyRequest, GetRolePolicyResponse> = {
  name: 'GetRolePolicy',
  permission: onRole('iam:GetRolePolicy'),
  handle: async (input, call) => {
    const role = await roles.find(call.sojourn.state, call.account, input.RoleName);
    return {
      RoleName: role.name,
      PolicyName: input.PolicyName,
      PolicyDocument: encodeDocument(inlinePolicy('role', role, input.PolicyName)),
    };
  },
};
