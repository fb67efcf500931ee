/** UpdatePolicy: another name, description or document; it takes effect wherever the policy is attached. */
import type { Organization, OrganizationPolicy } from '../../storage/state/organization-records.ts';
import type { Writers } from '../../storage/state/state.ts';
import type { UpdatePolicyRequest, UpdatePolicyResponse } from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { defaultPolicy } from '../../federation/organization-managed-policies.ts';
import { policySummary } from './answers.ts';
import { organizationsError } from './errors.ts';
import { onSubjects, policy } from './permissions.ts';
import { findOwnPolicy, policyNameKey, storableContent } from './policies.ts';
import { managedOrganization } from './standing.ts';

/**
 * Throws `PolicyNotFoundException`, `DuplicatePolicyException`, `MalformedPolicyDocumentException`, and
 * `InvalidInputException` for a policy of AWS's. An empty description is no other one, and the answer
 * names what the call set beside what the policy is (observed on AWS, September 2026).
 */
export const updatePolicy: Operation<UpdatePolicyRequest, UpdatePolicyResponse> = {
  name: 'UpdatePolicy',
  permission: onSubjects('organizations:UpdatePolicy', [policy((input) => input.PolicyId)]),
  handle: (input, call) =>
    call.sojourn.state.write(async (writers) => {
      const organization = await managedOrganization(writers, call.account);
      const before = await findOwnPolicy(writers, organization, input.PolicyId);
      const after: OrganizationPolicy = {
        ...before,
        name: input.Name ?? before.name,
        description: input.Description || before.description,
        content: input.Content === undefined ? before.content : storableContent(input.Content, before.type),
      };
      if (after.name !== before.name) await rename(writers, organization, before, after.name);
      await writers.organizationPolicies.put(`${organization.id}/${after.id}`, after);
      const { Id, Arn, Type, AwsManaged } = policySummary(after);
      const set = { Name: input.Name, Description: input.Description };
      return { Policy: { PolicySummary: { Id, Arn, ...set, Type, AwsManaged }, Content: after.content } };
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
