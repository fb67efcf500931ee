/** Headers of a write that ask for what Sojourn does not do: refused, never ignored. */
import type { Bucket } from '../../storage/state/bucket-record.ts';
import { notImplemented, s3Error } from './errors.ts';
import { ownershipOf } from './ownership.ts';

/** Members of PutObject, CopyObject and CreateMultipartUpload that are about encryption, locks and ACLs. */
export interface GuardedInput {
  readonly ACL?: string | undefined;
  readonly GrantFullControl?: string | undefined;
  readonly GrantRead?: string | undefined;
  readonly GrantReadACP?: string | undefined;
  readonly GrantWriteACP?: string | undefined;
  readonly ServerSideEncryption?: string | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKey?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly ObjectLockMode?: string | undefined;
  readonly ObjectLockLegalHoldStatus?: string | undefined;
}

/**
 * Lets through what needs nothing: SSE-S3, and the ACLs that give the owner what it has anyway.
 *
 * @throws ServiceError NotImplemented, InvalidRequest, AccessControlListNotSupported
 */
export function checkWriteHeaders(input: GuardedInput, bucket: Bucket): void {
  checkEncryptionHeaders(input);
  if (input.ObjectLockMode !== undefined || input.ObjectLockLegalHoldStatus !== undefined) {
    throw s3Error('InvalidRequest', 'Bucket is missing Object Lock Configuration');
  }
  checkAclHeaders(input, bucket);
}

/**
 * Encryption with a key of the caller’s or of a KMS is refused on reads and parts too.
 *
 * @throws ServiceError NotImplemented
 */
export function checkEncryptionHeaders(
  input: Pick<GuardedInput, 'ServerSideEncryption' | 'SSECustomerAlgorithm' | 'SSECustomerKey' | 'SSEKMSKeyId'>,
): void {
  if (input.SSECustomerAlgorithm !== undefined || input.SSECustomerKey !== undefined) {
    throw notImplemented('server-side encryption with customer-provided keys (SSE-C)');
  }
  const kms = input.ServerSideEncryption !== undefined && input.ServerSideEncryption !== 'AES256';
  if (kms || input.SSEKMSKeyId !== undefined) throw notImplemented('server-side encryption with KMS keys (SSE-KMS)');
}

/**
 * Object ACLs: with `BucketOwnerEnforced` only `bucket-owner-full-control` (S3 User Guide,
 * "Controlling ownership of objects"); otherwise `private` as well.
 */
function checkAclHeaders(input: GuardedInput, bucket: Bucket): void {
  const grants = [input.GrantFullControl, input.GrantRead, input.GrantReadACP, input.GrantWriteACP];
  const granting = grants.some((grant) => grant !== undefined);
  if (!granting && (input.ACL === undefined || input.ACL === 'bucket-owner-full-control')) return;
  if (ownershipOf(bucket) === 'BucketOwnerEnforced') {
    throw s3Error('AccessControlListNotSupported', 'The bucket does not allow ACLs');
  }
  if (granting || input.ACL !== 'private') throw notImplemented('ACLs other than private');
}
