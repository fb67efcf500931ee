/** DetachPolicy: never the last service control policy, and never RCPFullAWSAccess. */
import { RCP_FULL_AWS_ACCESS } from '../../federation/organization-managed-policies.ts';
import type { DetachPolicyRequest, Empty } from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { attachedPolicies, detach } from './attachments.ts';
import { constraintViolation, invalidParameter, organizationsError } from './errors.ts';
import { node, onSubjects, policy } from './permissions.ts';
import { findPolicy } from './policies.ts';
import { managedOrganization } from './standing.ts';
import { findNode } from './tree.ts';

/**
 * Throws `PolicyNotFoundException`, `TargetNotFoundException`, `PolicyNotAttachedException`,
 * `InvalidInputException` for RCPFullAWSAccess, and `ConstraintViolationException` for the last policy of its type; in
 * that order.
 */
export const detachPolicy: Operation<DetachPolicyRequest, Empty> = {
  name: 'DetachPolicy',
  permission: onSubjects('organizations:DetachPolicy', [
    policy((input) => input.PolicyId),
    node((input) => input.TargetId),
  ]),
  handle: async (input, call) => {
    await call.sojourn.state.write(async (writers) => {
      const organization = await managedOrganization(writers, call.account);
      const { id, type } = await findPolicy(writers, organization, input.PolicyId);
      const target = await findNode(writers, organization, input.TargetId);
      if (target === undefined) throw organizationsError('TargetNotFoundException');
      if (!target.record.policies.includes(id)) throw organizationsError('PolicyNotAttachedException');
      if (id === RCP_FULL_AWS_ACCESS.id) throw invalidParameter('NON_DETACHABLE_POLICY');
      const attached = await attachedPolicies(writers, organization, target, type);
      if (attached.length === 1) throw constraintViolation('MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED');
      await detach(writers, organization, target, new Set([id]));
    });
    return {};
  },
};
