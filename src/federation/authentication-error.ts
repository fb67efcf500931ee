/** A signature or credential that was refused, in the words of the service that refuses it (reference aws-federation 7.3). */
import { ServiceError } from '../base/service-error.ts';
import type { AuthenticationFault } from '../credentials/signature-v4/fault.ts';
import { s3Wording } from '../credentials/signature-v4/s3-wording.ts';
import { stsWording } from '../credentials/signature-v4/sts-wording.ts';

/** @param family how the service words its errors: STS and IAM alike, or S3 */
export function authenticationError(fault: AuthenticationFault, family: 'query' | 's3'): ServiceError {
  const { code, status, message, details } = family === 's3' ? s3Wording(fault) : stsWording(fault);
  const why = fault.kind === 'keyNotAccepted' ? `${fault.kind}: ${fault.why}` : fault.kind;
  return new ServiceError(code, status, message, { details, reason: why });
}
