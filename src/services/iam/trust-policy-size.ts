/** The quota of a trust policy. */
import { documentSize } from '../../federation/policy-document.ts';
import { quotaExceeded, QUOTAS } from './quotas.ts';

/** Throws `LimitExceeded` for a document over the quota. */
export function checkTrustPolicySize(document: string): void {
  if (documentSize(document) > QUOTAS.ACLSizePerRole) throw quotaExceeded('ACLSizePerRole');
}
