/**
 * What credentials of GetSessionToken and GetFederationToken cannot call, whatever the policies say
 * (reference aws-federation 1.8; of GetWebIdentityToken observed on AWS, September 2026).
 */
import { ServiceError } from '../base/service-error.ts';
import type { Caller } from './caller.ts';

/** STS calls that each kind of session may make. */
const STS_CALLS: Readonly<Record<'user' | 'federatedUser', ReadonlySet<string>>> = {
  user: new Set(['AssumeRole', 'GetCallerIdentity', 'GetWebIdentityToken']),
  federatedUser: new Set(['GetCallerIdentity']),
};

/**
 * @throws ServiceError InvalidClientTokenId for IAM (widely reported, not recorded), AccessDenied for STS
 */
export function refuseRestrictedSession(caller: Caller, service: string, action: string): void {
  if (caller.kind === 'anonymous' || caller.kind === 'role' || caller.session === undefined) return;
  if (service === 'iam') {
    throw new ServiceError('InvalidClientTokenId', 403, 'The security token included in the request is invalid.', {
      reason: `a ${caller.session.kind} session without MFA may not call IAM`,
    });
  }
  if (service === 'sts' && !STS_CALLS[caller.session.kind].has(action)) {
    const message =
      action === 'GetWebIdentityToken'
        ? 'GetWebIdentityToken does not support federated user sessions'
        : `Cannot call ${action} with session credentials`;
    throw new ServiceError('AccessDenied', 403, message);
  }
}
