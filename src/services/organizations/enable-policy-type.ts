/** EnablePolicyType: AWS's own policy of the type goes onto the root, every unit and every account. */
import type { EnablePolicyTypeRequest, EnablePolicyTypeResponse } from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { rootAnswer } from './answers.ts';
import { attachDefaultEverywhere } from './attachments.ts';
import { organizationsError } from './errors.ts';
import { node, onSubjects, policyTypeKey } from './permissions.ts';
import { availableType } from './policies.ts';
import { managedOrganization } from './standing.ts';

/**
 * Throws `RootNotFoundException`, `PolicyTypeNotAvailableForOrganizationException` for types that Sojourn has not and
 * for consolidated billing, `PolicyTypeAlreadyEnabledException`; in that order.
 */
export const enablePolicyType: Operation<EnablePolicyTypeRequest, EnablePolicyTypeResponse> = {
  name: 'EnablePolicyType',
  permission: onSubjects('organizations:EnablePolicyType', [node((input) => input.RootId)], (input) =>
    policyTypeKey(input.PolicyType),
  ),
  handle: (input, call) =>
    call.sojourn.state.write(async (writers) => {
      const organization = await managedOrganization(writers, call.account);
      const { root } = organization;
      if (root.id !== input.RootId) throw organizationsError('RootNotFoundException');
      const type = availableType(organization, input.PolicyType);
      if (root.enabledPolicyTypes.includes(type)) throw organizationsError('PolicyTypeAlreadyEnabledException');
      const enabled = { ...organization, root: { ...root, enabledPolicyTypes: [...root.enabledPolicyTypes, type] } };
      await writers.organizations.put(organization.id, enabled);
      await attachDefaultEverywhere(writers, enabled, type);
      // AWS takes a moment over resource control policies and says so; over others it does not (observed, September 2026).
      return { Root: rootAnswer(enabled, type === 'RESOURCE_CONTROL_POLICY' ? type : undefined) };
    }),
};
