/** The document of a managed policy: well-formed, and within its quota. */
import { checkPermissionPolicy, documentSize } from '../../federation/policy-document.ts';
import { quotaExceeded, QUOTAS } from './quotas.ts';

/** Throws `MalformedPolicyDocument`, `LimitExceeded`. */
export function checkManagedDocument(document: string): void {
  checkPermissionPolicy(document);
  if (documentSize(document) > QUOTAS.PolicySize) throw quotaExceeded('PolicySize');
}
