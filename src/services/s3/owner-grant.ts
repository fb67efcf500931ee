/** The one ACL there is: the owner has full control, nobody else has any. */
import type { AccountId } from '../../base/arn.ts';
import { canonicalUserId } from '../../base/canonical-user.ts';
import type { AccessControlPolicy, Grant } from '../../wire/generated/s3-types.ts';
import type { Bucket } from '../../storage/state/bucket-record.ts';
import { notImplemented, s3Error } from './errors.ts';
import { ownerOf } from './owner.ts';
import { ownershipOf } from './ownership.ts';

/** `AccessControlPolicy` of every bucket and object. */
export function ownerAcl(account: AccountId): Required<AccessControlPolicy> {
  return { Owner: ownerOf(account), Grants: [ownerGrant(account)] };
}

/** What PutBucketAcl and PutObjectAcl may say, in one of three ways. */
export interface AclInput {
  readonly ACL?: string | undefined;
  readonly AccessControlPolicy?: AccessControlPolicy | undefined;
  readonly GrantFullControl?: string | undefined;
  readonly GrantRead?: string | undefined;
  readonly GrantReadACP?: string | undefined;
  readonly GrantWrite?: string | undefined;
  readonly GrantWriteACP?: string | undefined;
}

/**
 * Lets through an ACL that changes nothing.
 *
 * @throws ServiceError AccessControlListNotSupported where the bucket has ACLs disabled, else NotImplemented
 */
export function checkAcl(input: AclInput, bucket: Bucket): void {
  if (ownershipOf(bucket) === 'BucketOwnerEnforced') {
    throw s3Error('AccessControlListNotSupported', 'The bucket does not allow ACLs');
  }
  const { GrantFullControl, GrantRead, GrantReadACP, GrantWrite, GrantWriteACP } = input;
  const granting = [GrantFullControl, GrantRead, GrantReadACP, GrantWrite, GrantWriteACP].some(
    (grant) => grant !== undefined,
  );
  const grants = input.AccessControlPolicy?.Grants ?? [];
  const canned = input.ACL === undefined || input.ACL === 'private' || input.ACL === 'bucket-owner-full-control';
  if (granting || !canned || !grants.every((grant) => isOwnerGrant(grant, bucket.account))) {
    throw notImplemented('ACLs other than private');
  }
}

function ownerGrant(account: AccountId): Grant {
  return { Grantee: { Type: 'CanonicalUser', ID: canonicalUserId(account) }, Permission: 'FULL_CONTROL' };
}

function isOwnerGrant(grant: Grant, account: AccountId): boolean {
  return grant.Permission === 'FULL_CONTROL' && grant.Grantee?.ID === canonicalUserId(account);
}
