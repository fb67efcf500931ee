/** ListTargetsForPolicy: the root, units and accounts that a policy is attached to. */
import type {
  ListTargetsForPolicyRequest,
  ListTargetsForPolicyResponse,
  PolicyTargetSummary,
} from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { targetSummary } from './answers.ts';
import { targetPrefix } from './attachments.ts';
import { pageOfRecords } from './paging.ts';
import { onSubjects, policy } from './permissions.ts';
import { findPolicy } from './policies.ts';
import { managedOrganization } from './standing.ts';
import { findNode } from './tree.ts';

/** By id, 20 a page. Throws `PolicyNotFoundException`, and `InvalidInputException` for a token of another list. */
export const listTargetsForPolicy: Operation<ListTargetsForPolicyRequest, ListTargetsForPolicyResponse> = {
  name: 'ListTargetsForPolicy',
  permission: onSubjects('organizations:ListTargetsForPolicy', [policy((input) => input.PolicyId)]),
  handle: async (input, call) => {
    const { state } = call.sojourn;
    const organization = await managedOrganization(state, call.account);
    const { id } = await findPolicy(state, organization, input.PolicyId);
    const list = {
      scope: `ListTargetsForPolicy/${id}`,
      prefix: targetPrefix(organization, id),
      keyOf: ({ name }: { readonly name: string }) => name,
    };
    const { items, next } = await pageOfRecords(call, state.organizationPolicyTargets, list, input);
    const targets: PolicyTargetSummary[] = [];
    for (const { name } of items) {
      const target = await findNode(state, organization, name);
      // Gone since the page was read.
      if (target !== undefined) targets.push(targetSummary(organization, target));
    }
    return { Targets: targets, ...next };
  },
};
