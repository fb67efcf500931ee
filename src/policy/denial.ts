/** The tail of AWS's denial message: which kind of policy denied, in AWS's words (reference iam-policy-evaluation 12). */
import type { AuthorizationRequest, Decision, PolicyType } from './decision.ts';
import { decidingPolicy } from './deciding-policy.ts';

const NO_POLICY: Readonly<Record<PolicyType, string>> = {
  identity: 'no identity-based policy',
  resource: 'no resource-based policy',
  boundary: 'no permissions boundary',
  session: 'no session policy',
  scp: 'no service control policy',
  // AWS documents no such text, because the undetachable RCPFullAWSAccess always allows.
  rcp: 'no resource control policy',
  trust: 'no role trust policy',
};

const DENYING_POLICY: Readonly<Record<PolicyType, string>> = {
  identity: 'an identity-based policy',
  resource: 'a resource-based policy',
  boundary: 'a permissions boundary',
  // As services were seen to say it; the User Guide alone has "a sessions policy".
  session: 'a session policy',
  scp: 'a service control policy',
  rcp: 'a resource control policy',
  trust: 'the role trust policy',
};

/**
 * `because no identity-based policy allows the s3:ListBucket action`, `with an explicit deny in a resource control
 * policy: arn:aws:organizations::…`, …; empty for an allowed request.
 */
export function denialReason(decision: Decision): string {
  const { outcome, decidedBy, request } = decision;
  switch (outcome) {
    case 'allow':
      return '';
    case 'explicitDeny': {
      const arn = nameableArn(decision);
      return `with an explicit deny in ${DENYING_POLICY[decidedBy]}${arn === undefined ? '' : `: ${arn}`}`;
    }
    case 'implicitDeny':
      return `because ${NO_POLICY[decidedBy]} allows the ${request.action} action`;
  }
}

/**
 * Whether the caller is of the resource's account or organization. To nobody else does AWS tell which policy denied
 * (AWS Security Blog, "Enhanced access denied error messages with policy ARNs").
 */
export function isFromWithin({ principal, resourceAccount, context }: AuthorizationRequest): boolean {
  if (!('account' in principal)) return false;
  if (resourceAccount === undefined || resourceAccount === principal.account) return true;
  const organization = context.get('aws:principalorgid');
  return organization !== undefined && organization === context.get('aws:resourceorgid');
}

/** The ARN of the denying policy. Inline policies have none, and resource-based ones are not named (recorded form). */
function nameableArn(decision: Decision): string | undefined {
  const policy = decidingPolicy(decision);
  if (policy === undefined || policy.type === 'resource' || policy.type === 'trust') return undefined;
  return policy.source.startsWith('arn:') && isFromWithin(decision.request) ? policy.source : undefined;
}
