/** GetPolicyVersion: with its document, percent-encoded. */
import type { GetPolicyVersionRequest, GetPolicyVersionResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { onPolicy, peekPolicy } from './managed-policies.ts';
import { wholeVersion } from './policy-answer.ts';
import { findVersion, versionNotFound } from './policy-versions.ts';

export const getPolicyVersion: Operation<GetPolicyVersionRequest, GetPolicyVersionResponse> = {
  name: 'GetPolicyVersion',
  permission: onPolicy('iam:GetPolicyVersion'),
  handle: async (input, call) => {
    const policy = await peekPolicy(call.sojourn.state, call.account, input.PolicyArn);
    if (policy === undefined) throw versionNotFound(input.PolicyArn, input.VersionId);
    return { PolicyVersion: wholeVersion(policy, findVersion(policy, input.VersionId)) };
  },
};
