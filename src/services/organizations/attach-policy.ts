/** AttachPolicy: from now on the policy binds the target and everything below it. */
import type { AttachPolicyRequest, Empty } from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { attach, attachedPolicies } from './attachments.ts';
import { constraintViolation, organizationsError } from './errors.ts';
import { node, onSubjects, policy } from './permissions.ts';
import { findPolicy } from './policies.ts';
import { POLICIES_PER_TARGET } from './quotas.ts';
import { managedOrganization } from './standing.ts';
import { findNode } from './tree.ts';

/**
 * Throws `PolicyNotFoundException`, `TargetNotFoundException`, `PolicyTypeNotEnabledException`,
 * `DuplicatePolicyAttachmentException`, and `ConstraintViolationException` at the target's limit; in that order.
 */
export const attachPolicy: Operation<AttachPolicyRequest, Empty> = {
  name: 'AttachPolicy',
  permission: onSubjects('organizations:AttachPolicy', [
    policy((input) => input.PolicyId),
    node((input) => input.TargetId),
  ]),
  handle: async (input, call) => {
    await call.sojourn.state.write(async (writers) => {
      const organization = await managedOrganization(writers, call.account);
      const { id, type } = await findPolicy(writers, organization, input.PolicyId);
      const target = await findNode(writers, organization, input.TargetId);
      if (target === undefined) throw organizationsError('TargetNotFoundException');
      if (!organization.root.enabledPolicyTypes.includes(type))
        throw organizationsError('PolicyTypeNotEnabledException');
      if (target.record.policies.includes(id)) throw organizationsError('DuplicatePolicyAttachmentException');
      const attached = await attachedPolicies(writers, organization, target, type);
      if (attached.length >= POLICIES_PER_TARGET[type]) {
        throw constraintViolation('MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED');
      }
      await attach(writers, organization, target, id);
    });
    return {};
  },
};
