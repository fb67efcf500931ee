/** UpdatePolicy: another name, description or document; it takes effect wherever the policy is attached. */
import type { Organization, OrganizationPolicy } from '../../storage/state/organization-records.ts';
import type { Writers } from '../../storage/state/state.ts';
import type { UpdatePolicyRequest, UpdatePolicyResponse } from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { defaultPolicy } from '../../federation/organization-managed-policies.ts';
import { policyAnswer } from './answers.ts';
import { organizationsError } from './errors.ts';
import { onSubjects, policy } from './permissions.ts';
import { checkContent, findOwnPolicy, policyNameKey } from './policies.ts';
import { managedOrganization } from './standing.ts';

export const updatePolicy: Operation<UpdatePolicyRequest, UpdatePolicyResponse> = {
  name: 'UpdatePolicy',
  permission: onSubjects('organizations:UpdatePolicy', [policy((input) => input.PolicyId)]),
  handle: (input, call) =>
    call.sojourn.state.write(async (writers) => {
      const organization = await managedOrganization(writers, call.account);
      const before = await findOwnPolicy(writers, organization, input.PolicyId);
      if (input.Content !== undefined) checkContent(input.Content, before.type);
      const after: OrganizationPolicy = {
        ...before,
        name: input.Name ?? before.name,
        description: input.Description ?? before.description,
        content: input.Content ?? before.content,
      };
      if (after.name !== before.name) await rename(writers, organization, before, after.name);
      await writers.organizationPolicies.put(`${organization.id}/${after.id}`, after);
      return { Policy: policyAnswer(after) };
    }),
};

async function rename(
  writers: Writers,
  organization: Organization,
  { id, type, name }: OrganizationPolicy,
  wanted: string,
): Promise<void> {
  const { organizationPolicyNames } = writers;
  const named = await organizationPolicyNames.create(policyNameKey(organization, type, wanted), { name: id });
  if (!named || wanted === defaultPolicy(type).name) throw organizationsError('DuplicatePolicyException');
  await organizationPolicyNames.delete(policyNameKey(organization, type, name));
}
