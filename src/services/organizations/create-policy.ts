/** CreatePolicy: a service or resource control policy. The type need not be enabled yet. */
import type { OrganizationPolicy } from '../../storage/state/organization-records.ts';
import type { CreatePolicyRequest, CreatePolicyResponse } from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { defaultPolicy } from '../../federation/organization-managed-policies.ts';
import { policyAnswer } from './answers.ts';
import { constraintViolation, organizationsError } from './errors.ts';
import { makePolicyId, policyArn } from './ids.ts';
import { onOrganization, policyTypeKey, requestTagKeys, tagging } from './permissions.ts';
import { availableType, policyNameKey, storableContent } from './policies.ts';
import { POLICIES_PER_ORGANIZATION } from './quotas.ts';
import { managedOrganization } from './standing.ts';
import { withTags } from './tags.ts';

/**
 * Throws `PolicyTypeNotAvailableForOrganizationException` for types that Sojourn has not,
 * `MalformedPolicyDocumentException`, `DuplicatePolicyException`, `ConstraintViolationException` for size and number,
 * `InvalidInputException` for tags.
 */
export const createPolicy: Operation<CreatePolicyRequest, CreatePolicyResponse> = {
  name: 'CreatePolicy',
  permission: tagging(
    onOrganization('organizations:CreatePolicy', (input) => ({
      ...policyTypeKey(input.Type),
      ...requestTagKeys(input.Tags),
    })),
    (input, organization) => policyArn(organization, input.Type, '*'),
  ),
  handle: async (input, call) => {
    const tags = withTags([], input.Tags);
    return call.sojourn.state.write(async (writers) => {
      const organization = await managedOrganization(writers, call.account);
      const type = availableType(organization, input.Type);
      const content = storableContent(input.Content, type);
      const ofType = await writers.organizationPolicyNames.count(policyNameKey(organization, type, ''));
      if (ofType >= POLICIES_PER_ORGANIZATION[type]) throw constraintViolation('POLICY_NUMBER_LIMIT_EXCEEDED');
      const id = makePolicyId(type, call.sojourn.random);
      const nameKey = policyNameKey(organization, type, input.Name);
      const named = await writers.organizationPolicyNames.create(nameKey, { name: id });
      if (!named || input.Name === defaultPolicy(type).name) throw organizationsError('DuplicatePolicyException');
      const policy: OrganizationPolicy = {
        id,
        arn: policyArn(organization, type, id),
        type,
        name: input.Name,
        description: input.Description,
        content,
        tags,
      };
      await writers.organizationPolicies.put(`${organization.id}/${id}`, policy);
      return { Policy: policyAnswer(policy) };
    });
  },
};
