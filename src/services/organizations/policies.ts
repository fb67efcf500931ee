/** Control policies: how they are found, what their types take, and which of them are AWS's. */
import { awsOrganizationPolicy } from '../../federation/organization-managed-policies.ts';
import { controlPolicyFault, keptControlPolicy } from '../../federation/control-policy-document.ts';
import type {
  Organization,
  OrganizationPolicy,
  OrganizationPolicyType,
} from '../../storage/state/organization-records.ts';
import type { Readers } from '../../storage/state/state.ts';
import type { PolicyType } from '../../wire/generated/organizations-types.ts';
import { peekPolicy } from './attachments.ts';
import { constraintViolation, invalidParameter, malformedPolicy, organizationsError } from './errors.ts';
import { POLICY_SIZE } from './quotas.ts';

/** Whether Sojourn knows the type: the others govern services that it does not have. */
export function isControlPolicyType(type: PolicyType): type is OrganizationPolicyType {
  return type === 'SERVICE_CONTROL_POLICY' || type === 'RESOURCE_CONTROL_POLICY';
}

/** The type as one that this organization can use. Throws `PolicyTypeNotAvailableForOrganizationException`. */
export function availableType(organization: Organization, type: PolicyType): OrganizationPolicyType {
  if (organization.featureSet === 'ALL' && isControlPolicyType(type)) return type;
  throw organizationsError('PolicyTypeNotAvailableForOrganizationException');
}

/** Throws `PolicyNotFoundException`. */
export async function findPolicy(
  readers: Readers,
  organization: Organization,
  id: string,
): Promise<OrganizationPolicy> {
  const policy = await peekPolicy(readers, organization, id);
  if (policy === undefined) throw organizationsError('PolicyNotFoundException');
  return policy;
}

/** A customer's policy, to be changed. Throws `PolicyNotFoundException`, or `InvalidInputException` for AWS's own. */
export async function findOwnPolicy(
  readers: Readers,
  organization: Organization,
  id: string,
): Promise<OrganizationPolicy> {
  const policy = await findPolicy(readers, organization, id);
  if (awsOrganizationPolicy(policy.id) !== undefined) throw invalidParameter('IMMUTABLE_POLICY');
  return policy;
}

/**
 * The document as it is kept. Throws `ConstraintViolationException` for one that is too long as it was
 * sent, `MalformedPolicyDocumentException` for one that its type does not take.
 */
export function storableContent(content: string, type: OrganizationPolicyType): string {
  if ([...content].length > POLICY_SIZE[type]) throw constraintViolation('POLICY_CONTENT_LIMIT_EXCEEDED');
  const fault = controlPolicyFault(content, type);
  if (fault !== undefined) throw malformedPolicy(fault);
  return keptControlPolicy(content, type);
}

/** Key of the row that a policy's name leads from. */
export function policyNameKey(organization: Organization, type: OrganizationPolicyType, name: string): string {
  return `${organization.id}/${type}/${name}`;
}
