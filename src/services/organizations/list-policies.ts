/** ListPolicies: every policy of one type, AWS's own first. */
import { defaultPolicy } from '../../federation/organization-managed-policies.ts';
import type { OrganizationPolicy } from '../../storage/state/organization-records.ts';
import type { ListPoliciesRequest, ListPoliciesResponse } from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { policySummary } from './answers.ts';
import { pageOfRecords, type RecordList } from './paging.ts';
import { onOrganization, policyTypeKey } from './permissions.ts';
import { isControlPolicyType } from './policies.ts';
import { managedOrganization } from './standing.ts';

/**
 * By id after AWS's own, 20 a page; nothing for types that Sojourn has not. Throws `InvalidInputException` for a token
 * of another list.
 */
export const listPolicies: Operation<ListPoliciesRequest, ListPoliciesResponse> = {
  name: 'ListPolicies',
  permission: onOrganization('organizations:ListPolicies', (input) => policyTypeKey(input.Filter)),
  handle: async (input, call) => {
    const { state } = call.sojourn;
    const organization = await managedOrganization(state, call.account);
    const type = input.Filter;
    if (!isControlPolicyType(type)) return { Policies: [] };
    const list: RecordList<OrganizationPolicy> = {
      scope: `ListPolicies/${type}`,
      prefix: `${organization.id}/`,
      keyOf: ({ id }) => id,
      first: defaultPolicy(type),
      accepts: (policy) => policy.type === type,
    };
    const { items, next } = await pageOfRecords(call, state.organizationPolicies, list, input);
    return { Policies: items.map(policySummary), ...next };
  },
};
