/** The tail of AWS's denial message: which kind of policy denied, in AWS's words (reference iam-policy-evaluation 12). */
import type { Decision, PolicyType } from './decision.ts';

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
  // The User Guide's spelling; S3 writes it in the singular.
  session: 'a sessions policy',
  scp: 'a service control policy',
  rcp: 'a resource control policy',
  trust: 'the role trust policy',
};

/**
 * `because no identity-based policy allows the s3:ListBucket action`, `with an explicit deny in a resource control
 * policy`, …; empty for an allowed request.
 */
export function denialReason(decision: Decision): string {
  const { outcome, decidedBy, request } = decision;
  switch (outcome) {
    case 'allow':
      return '';
    case 'explicitDeny':
      return decidedBy === 'session' && request.action.startsWith('s3:')
        ? 'with an explicit deny in a session policy'
        : `with an explicit deny in ${DENYING_POLICY[decidedBy]}`;
    case 'implicitDeny':
      return `because ${NO_POLICY[decidedBy]} allows the ${request.action} action`;
  }
}
