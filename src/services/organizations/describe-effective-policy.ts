/**
 * DescribeEffectivePolicy: of management policies (tags, backups, …), which are merged down the tree.
 * Sojourn has none of their types; control policies are never merged, and the model does not take them here.
 */
import { isAccountId } from '../../base/arn.ts';
import type {
  DescribeEffectivePolicyRequest,
  DescribeEffectivePolicyResponse,
} from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { invalidParameter, organizationsError } from './errors.ts';
import { nodeArn } from './ids.ts';
import { ownerKey, policyTypeKey } from './permissions.ts';
import { managedOrganization, organizationOf } from './standing.ts';
import { findNode } from './tree.ts';

/**
 * Always throws: `EffectivePolicyNotFoundException` for an account, since none of the types can be enabled;
 * `TargetNotFoundException`, and `InvalidInputException` for the root or a unit. A member account may ask
 * for itself (order and answers observed on AWS, September 2026).
 */
export const describeEffectivePolicy: Operation<DescribeEffectivePolicyRequest, DescribeEffectivePolicyResponse> = {
  name: 'DescribeEffectivePolicy',
  permission: {
    kind: 'actions',
    actions: ['organizations:DescribeEffectivePolicy'],
    requirements: async (input, call) => {
      const organization = await organizationOf(call.sojourn.state, call.account);
      // The account is the management account's resource: a member's own policy reaches it by `*` only.
      const member = call.account !== organization.managementAccount;
      return [
        {
          action: 'organizations:DescribeEffectivePolicy',
          resource: member ? '*' : nodeArn(organization, input.TargetId ?? call.account),
          context: { ...policyTypeKey(input.PolicyType), ...ownerKey(organization) },
        },
      ];
    },
  },
  handle: async (input, call) => {
    const { state } = call.sojourn;
    const targetId = input.TargetId ?? call.account;
    const own = targetId === call.account;
    const organization = await (own ? organizationOf : managedOrganization)(state, call.account);
    const target = await findNode(state, organization, targetId);
    if (target === undefined) throw organizationsError('TargetNotFoundException');
    if (!isAccountId(target.record.id)) throw invalidParameter('TARGET_NOT_SUPPORTED');
    throw organizationsError('EffectivePolicyNotFoundException');
  },
};
