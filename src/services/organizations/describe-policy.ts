/** DescribePolicy: a policy with its document. */
import type { DescribePolicyRequest, DescribePolicyResponse } from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { policyAnswer } from './answers.ts';
import { onSubjects, policy } from './permissions.ts';
import { findPolicy } from './policies.ts';
import { managedOrganization } from './standing.ts';

/** AWS's own policies too. Throws `PolicyNotFoundException`. */
export const describePolicy: Operation<DescribePolicyRequest, DescribePolicyResponse> = {
  name: 'DescribePolicy',
  permission: onSubjects('organizations:DescribePolicy', [policy((input) => input.PolicyId)]),
  handle: async (input, call) => {
    const { state } = call.sojourn;
    const organization = await managedOrganization(state, call.account);
    return { Policy: policyAnswer(await findPolicy(state, organization, input.PolicyId)) };
  },
};
