/** Permission policies as IAM stores them: checked when they are written, never again. */
import { ServiceError } from '../base/service-error.ts';
import { policySize } from '../policy/size.ts';
import { validatePolicy } from '../policy/validate.ts';

/** Checks an identity policy (inline or managed). Throws `MalformedPolicyDocument` with AWS's sentence. */
export function checkPermissionPolicy(text: string): void {
  const result = validatePolicy(text, 'identity');
  if (result.kind === 'malformed') throw malformedPolicy(result.message);
}

/** Characters that count against a quota: whitespace outside strings does not. */
export function documentSize(text: string): number {
  return policySize(text);
}

/** The refusal of a document. */
export function malformedPolicy(message: string): ServiceError {
  return new ServiceError('MalformedPolicyDocument', 400, message);
}
