/**
 * DescribeEffectivePolicy: of management policies (tags, backups, …), which are merged down the tree.
 * Sojourn has none of their types; control policies are never merged, and the model does not take them here.
 */
import type {
  DescribeEffectivePolicyRequest,
  DescribeEffectivePolicyResponse,
} from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { organizationsError } from './errors.ts';
import { onOrganization, policyTypeKey } from './permissions.ts';
import { managedOrganization } from './standing.ts';
import { findNode } from './tree.ts';

export const describeEffectivePolicy: Operation<DescribeEffectivePolicyRequest, DescribeEffectivePolicyResponse> = {
  name: 'DescribeEffectivePolicy',
  permission: onOrganization('organizations:DescribeEffectivePolicy', (input) => policyTypeKey(input.PolicyType)),
  handle: async (input, call) => {
    const { state } = call.sojourn;
    const organization = await managedOrganization(state, call.account);
    const target = await findNode(state, organization, input.TargetId ?? call.account);
    if (target === undefined) throw organizationsError('TargetNotFoundException');
    throw organizationsError('EffectivePolicyNotFoundException');
  },
};
