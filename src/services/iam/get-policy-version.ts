/** GetPolicyVersion: with its document, percent-encoded. */
import type { GetPolicyVersionRequest, GetPolicyVersionResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { findPolicy, onPolicy } from './managed-policies.ts';
import { wholeVersion } from './policy-answer.ts';
import { findVersion } from './policy-versions.ts';

export const getPolicyVersion: Operation<GetPolicyVersionRequest, GetPolicyVersionResponse> = {
  name: 'GetPolicyVersion',
  permission: onPolicy('iam:GetPolicyVersion'),
  handle: async (input, call) => {
    const policy = await findPolicy(call.sojourn.state, call.account, input.PolicyArn);
    return { PolicyVersion: wholeVersion(policy, findVersion(policy, input.VersionId)) };
  },
};
