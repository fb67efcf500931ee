/** The canonical user id of an account, by which S3 prints owners and policies may name the account. */
import { createHash } from 'node:crypto';

/**
 * 64 hex digits. AWS's are random; Sojourn derives them from the twelve digits of the account, so that every
 * replica prints the same one without storing it.
 */
export function canonicalUserId(account: string): string {
  return createHash('sha256').update(`canonical-user/${account}`).digest('hex');
}
