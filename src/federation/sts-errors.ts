/** Every code that assuming a role can answer with, and its status (reference aws-federation 1.3, 1.7, 1.8). */
import { errorTable, type ErrorFactory, ServiceError } from '../base/service-error.ts';

const STATUSES = {
  AccessDenied: 403,
  ExpiredTokenException: 400,
  IDPCommunicationError: 400,
  IDPRejectedClaim: 403,
  ExpiredTradeInTokenException: 400,
  InternalFailure: 500,
  InvalidAuthorizationMessageException: 400,
  InvalidIdentityToken: 400,
  InvalidParameterValue: 400,
  JWTPayloadSizeExceededException: 400,
  MalformedPolicyDocument: 400,
  OutboundWebIdentityFederationDisabledException: 403,
  PackedPolicyTooLarge: 400,
  RegionDisabledException: 403,
  SessionDurationEscalationException: 403,
  ValidationError: 400,
} as const;

/** Makes one of these errors. */
export const stsError: ErrorFactory<keyof typeof STATUSES> = errorTable(STATUSES);

/** A failure value of the ground as the error it becomes; its detail goes to the audit log. */
export function tokenError(failure: {
  readonly code: keyof typeof STATUSES;
  readonly message: string;
  readonly detail: string;
}): ServiceError {
  return stsError(failure.code, failure.message, { reason: failure.detail });
}

/** The one sentence for every refusal of a web identity by policy: AWS never says which. */
export function notAuthorized(action: string, reason: string): ServiceError {
  return stsError('AccessDenied', `Not authorized to perform ${action}`, { reason });
}
