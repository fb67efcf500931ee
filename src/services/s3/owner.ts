/** Who owns buckets and objects, as S3 prints owners: a canonical user id. */
import type { AccountId } from '../../base/arn.ts';
import { canonicalUserId } from '../../base/canonical-user.ts';
import type { Caller } from '../../federation/caller.ts';

/** `Owner` as the listings print it. S3 has left `DisplayName` out since November 2025. */
export function ownerOf(account: AccountId): { readonly ID: string } {
  return { ID: canonicalUserId(account) };
}

/** Who began a multipart upload: the principal's ARN; anonymous callers share one name. */
export function initiatorOf(caller: Caller): string {
  return caller.kind === 'anonymous' ? 'anonymous' : caller.arn;
}
