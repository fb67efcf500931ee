/** ListPolicies: AWS's, the account's own, or both; attached only, by use, by path. */
import type { Readers } from '../../storage/state/state.ts';
import type { ListPoliciesRequest, ListPoliciesResponse, Policy } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import type { PolicyFacts } from './managed-policies.ts';
import { MAX_EXAMINED, readMarker, writeMarker } from './paging.ts';
import { onResource } from './permissions.ts';
import { listedPolicy } from './policy-answer.ts';
import { cataloguedPolicies } from './policy-catalogue.ts';
import type { AccountId } from '../../base/arn.ts';

export const listPolicies: Operation<ListPoliciesRequest, ListPoliciesResponse> = {
  name: 'ListPolicies',
  // AWS names no ARN here: its denials read `on resource: policy path /`.
  permission: onResource('iam:ListPolicies', (input) => `policy path ${input.PathPrefix ?? '/'}`),
  handle: async (input, call) => {
    const { state } = call.sojourn;
    const limit = input.MaxItems ?? 100;
    const begin = readMarker(call, 'ListPolicies', input);
    const found: Policy[] = [];
    let last = '';
    let examined = 0;
    for await (const { position, policy } of cataloguedPolicies(state, call.account, input.Scope ?? 'All', begin)) {
      const answer = await acceptedPolicy(state, call.account, policy, input);
      if ((answer !== undefined && found.length === limit) || examined === MAX_EXAMINED) {
        return { Policies: found, IsTruncated: true, Marker: writeMarker(call, 'ListPolicies', last) };
      }
      examined += 1;
      if (answer !== undefined) found.push(answer);
      last = position;
    }
    return { Policies: found, IsTruncated: false };
  },
};

async function acceptedPolicy(
  readers: Readers,
  account: AccountId,
  policy: PolicyFacts,
  input: ListPoliciesRequest,
): Promise<Policy | undefined> {
  if (!policy.path.startsWith(input.PathPrefix ?? '/')) return undefined;
  const answer = await listedPolicy(readers, account, policy);
  const permissions = (answer.AttachmentCount ?? 0) > 0;
  const boundary = (answer.PermissionsBoundaryUsageCount ?? 0) > 0;
  // The use is asked of attached policies alone (observed on AWS, September 2026).
  if (input.OnlyAttached !== true) return answer;
  switch (input.PolicyUsageFilter) {
    case 'PermissionsPolicy':
      return permissions ? answer : undefined;
    case 'PermissionsBoundary':
      return boundary ? answer : undefined;
    case undefined:
      return permissions || boundary ? answer : undefined;
    default:
      return input.PolicyUsageFilter satisfies never;
  }
}
