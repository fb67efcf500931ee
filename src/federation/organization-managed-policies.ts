/**
 * The policies that AWS attaches by itself when a policy type is enabled: without them a level would
 * allow nothing (Organizations User Guide, SCPs and RCPs; reference iam-policy-evaluation 9 and 10).
 */
import { formatArn, PARTITION, type Arn } from '../base/arn.ts';
import type { OrganizationPolicy, OrganizationPolicyType } from '../storage/state/organization-records.ts';

/** `p-FullAWSAccess`: detachable, as long as another service control policy stays. */
export const FULL_AWS_ACCESS: OrganizationPolicy = awsPolicy({
  id: 'p-FullAWSAccess',
  type: 'SERVICE_CONTROL_POLICY',
  description: 'Allows access to every operation',
  statement: { Effect: 'Allow', Action: '*', Resource: '*' },
});

/** `p-RCPFullAWSAccess`: attached to everything, and cannot be detached. */
export const RCP_FULL_AWS_ACCESS: OrganizationPolicy = awsPolicy({
  id: 'p-RCPFullAWSAccess',
  type: 'RESOURCE_CONTROL_POLICY',
  description: 'Allows access to every resource',
  statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
});

/** The policy that a type begins with on every root, organizational unit and account. */
export function defaultPolicy(type: OrganizationPolicyType): OrganizationPolicy {
  return type === 'SERVICE_CONTROL_POLICY' ? FULL_AWS_ACCESS : RCP_FULL_AWS_ACCESS;
}

/** The AWS managed policy of that id; undefined for a customer's. */
export function awsOrganizationPolicy(id: string): OrganizationPolicy | undefined {
  if (id === FULL_AWS_ACCESS.id) return FULL_AWS_ACCESS;
  return id === RCP_FULL_AWS_ACCESS.id ? RCP_FULL_AWS_ACCESS : undefined;
}

function awsPolicy(policy: {
  readonly id: string;
  readonly type: OrganizationPolicyType;
  readonly description: string;
  readonly statement: object;
}): OrganizationPolicy {
  const { id, type, description, statement } = policy;
  return {
    id,
    arn: awsPolicyArn(id, type),
    type,
    name: id.slice('p-'.length),
    description,
    content: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2),
    tags: [],
  };
}

function awsPolicyArn(id: string, type: OrganizationPolicyType): Arn {
  const resource = `policy/${type.toLowerCase()}/${id}`;
  return formatArn({ partition: PARTITION, service: 'organizations', region: '', account: 'aws', resource });
}
