/** Limits of AWS Organizations (its User Guide, quotas of 2026; reference iam-policy-evaluation 9 and 10). */
import type { OrganizationPolicyType } from '../../storage/state/organization-records.ts';

/** Characters of a policy document, white space included. */
export const POLICY_SIZE: Readonly<Record<OrganizationPolicyType, number>> = {
  SERVICE_CONTROL_POLICY: 10_240,
  RESOURCE_CONTROL_POLICY: 5_120,
};

/** Policies of one type on one root, organizational unit or account, AWS's own included. */
export const POLICIES_PER_TARGET: Readonly<Record<OrganizationPolicyType, number>> = {
  SERVICE_CONTROL_POLICY: 10,
  RESOURCE_CONTROL_POLICY: 5,
};

/** Policies of one type in an organization. */
export const POLICIES_PER_ORGANIZATION: Readonly<Record<OrganizationPolicyType, number>> = {
  SERVICE_CONTROL_POLICY: 10_000,
  RESOURCE_CONTROL_POLICY: 2_000,
};

/** Levels of organizational units below the root. */
export const UNIT_DEPTH = 5;
/** Organizational units at all levels together. */
export const UNITS_PER_ORGANIZATION = 2_000;
/** AWS begins with 10 and raises it on request; nobody needs to be asked here. */
export const ACCOUNTS_PER_ORGANIZATION = 5_000;
/** Tags of one node or policy. */
export const TAGS_PER_RESOURCE = 50;
/** AWS services that one organization may be opened to: more names than AWS has services are not all of services. */
export const SERVICES_PER_ORGANIZATION = 500;
