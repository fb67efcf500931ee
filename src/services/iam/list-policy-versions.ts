/** ListPolicyVersions: newest first. */
import type { ListPolicyVersionsRequest, ListPolicyVersionsResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { findPolicy, onPolicy } from './managed-policies.ts';
import { pageOfList } from './paging.ts';
import { listedVersion } from './policy-answer.ts';

export const listPolicyVersions: Operation<ListPolicyVersionsRequest, ListPolicyVersionsResponse> = {
  name: 'ListPolicyVersions',
  permission: onPolicy('iam:ListPolicyVersions'),
  handle: async (input, call) => {
    const policy = await findPolicy(call.sojourn.state, call.account, input.PolicyArn);
    const { items, mark } = pageOfList(call, 'ListPolicyVersions', policy.versions.toReversed(), input);
    return { Versions: items.map((version) => listedVersion(policy, version)), ...mark };
  },
};
