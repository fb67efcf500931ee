/** ListPoliciesForTarget: what is attached directly, not what comes from above. */
import type {
  ListPoliciesForTargetRequest,
  ListPoliciesForTargetResponse,
} from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { policySummary } from './answers.ts';
import { attachedPolicies } from './attachments.ts';
import { organizationsError } from './errors.ts';
import { pageOfList } from './paging.ts';
import { node, onSubjects, policyTypeKey } from './permissions.ts';
import { isControlPolicyType } from './policies.ts';
import { managedOrganization } from './standing.ts';
import { findNode } from './tree.ts';

/**
 * In order of attachment, 20 a page; nothing for types that Sojourn has not. Throws `TargetNotFoundException`, and
 * `InvalidInputException` for a token of another list.
 */
export const listPoliciesForTarget: Operation<ListPoliciesForTargetRequest, ListPoliciesForTargetResponse> = {
  name: 'ListPoliciesForTarget',
  permission: onSubjects('organizations:ListPoliciesForTarget', [node((input) => input.TargetId)], (input) =>
    policyTypeKey(input.Filter),
  ),
  handle: async (input, call) => {
    const { state } = call.sojourn;
    const organization = await managedOrganization(state, call.account);
    const target = await findNode(state, organization, input.TargetId);
    if (target === undefined) throw organizationsError('TargetNotFoundException');
    const type = input.Filter;
    const policies = isControlPolicyType(type) ? await attachedPolicies(state, organization, target, type) : [];
    const scope = `ListPoliciesForTarget/${type}/${input.TargetId}`;
    const { items, next } = pageOfList(call, scope, policies.map(policySummary), input);
    return { Policies: items, ...next };
  },
};
