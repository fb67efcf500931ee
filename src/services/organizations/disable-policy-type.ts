/** DisablePolicyType: every policy of the type is detached from everything; enabling it again does not bring them back. */
import type { DisablePolicyTypeRequest, DisablePolicyTypeResponse } from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { rootAnswer } from './answers.ts';
import { detachEverywhere } from './attachments.ts';
import { organizationsError } from './errors.ts';
import { node, onSubjects, policyTypeKey } from './permissions.ts';
import { isControlPolicyType } from './policies.ts';
import { managedOrganization } from './standing.ts';

/** Throws `RootNotFoundException` and `PolicyTypeNotEnabledException`. */
export const disablePolicyType: Operation<DisablePolicyTypeRequest, DisablePolicyTypeResponse> = {
  name: 'DisablePolicyType',
  permission: onSubjects('organizations:DisablePolicyType', [node((input) => input.RootId)], (input) =>
    policyTypeKey(input.PolicyType),
  ),
  handle: (input, call) =>
    call.sojourn.state.write(async (writers) => {
      const organization = await managedOrganization(writers, call.account);
      const { root } = organization;
      if (root.id !== input.RootId) throw organizationsError('RootNotFoundException');
      const type = input.PolicyType;
      if (!isControlPolicyType(type) || !root.enabledPolicyTypes.includes(type)) {
        throw organizationsError('PolicyTypeNotEnabledException');
      }
      const enabledPolicyTypes = root.enabledPolicyTypes.filter((enabled) => enabled !== type);
      const disabled = { ...organization, root: { ...root, enabledPolicyTypes } };
      await writers.organizations.put(organization.id, disabled);
      await detachEverywhere(writers, disabled, type);
      return { Root: rootAnswer(disabled) };
    }),
};
