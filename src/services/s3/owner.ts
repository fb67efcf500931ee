/** Who owns buckets and objects, as S3 prints owners: a canonical user id. */
import { createHash } from 'node:crypto';
import type { AccountId } from '../../base/arn.ts';
import type { Caller } from '../../federation/caller.ts';

/**
 * The canonical user id of an account: 64 hex digits. AWS's are random; Sojourn derives them, so that
 * every replica prints the same one without storing it.
 */
export function canonicalUserId(account: AccountId): string {
  return createHash('sha256').update(`canonical-user/${account}`).digest('hex');
}

/** `Owner` as the listings print it. S3 has left `DisplayName` out since November 2025. */
export function ownerOf(account: AccountId): { readonly ID: string } {
  return { ID: canonicalUserId(account) };
}

/** Who began a multipart upload: the principal's ARN; anonymous callers share one name. */
export function initiatorOf(caller: Caller): string {
  return caller.kind === 'anonymous' ? 'anonymous' : caller.arn;
}
