/** Multi-factor authentication: Sojourn keeps no devices. */
import { stsError } from '../../federation/sts-errors.ts';

/**
 * Refuses a call that names a device or its code: no code can be right. The sentence is widely
 * reported, its trailing space AWS's (reference aws-federation 1.8).
 */
export function refuseMfa(input: {
  readonly SerialNumber?: string | undefined;
  readonly TokenCode?: string | undefined;
}): void {
  if (input.SerialNumber === undefined && input.TokenCode === undefined) return;
  throw stsError('AccessDenied', 'MultiFactorAuthentication failed with invalid MFA one time pass code. ');
}
