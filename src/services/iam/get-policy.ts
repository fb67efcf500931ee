/** GetPolicy: of the account or of AWS. */
import type { GetPolicyRequest, GetPolicyResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { findPolicy, onPolicy } from './managed-policies.ts';
import { wholePolicy } from './policy-answer.ts';

export const getPolicy: Operation<GetPolicyRequest, GetPolicyResponse> = {
  name: 'GetPolicy',
  permission: onPolicy('iam:GetPolicy'),
  handle: async (input, call) => {
    const { state } = call.sojourn;
    const policy = await findPolicy(state, call.account, input.PolicyArn);
    return { Policy: await wholePolicy(state, call.account, policy) };
  },
};
