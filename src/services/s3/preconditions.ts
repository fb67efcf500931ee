/** Conditional requests (RFC 9110 section 13, S3 User Guide "Conditional requests"). */
import type { ServiceError } from '../../base/service-error.ts';
import type { PutCondition, StoredObject } from '../../storage/objects/objects.ts';
import { s3Error } from './errors.ts';
import { namesEtag, unquoted } from './etag.ts';
import { wholeSeconds } from './whole-seconds.ts';

/** What a request demands of the object it reads. */
export interface ReadConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: Date | undefined;
  readonly IfUnmodifiedSince?: Date | undefined;
}

/**
 * Whether the object is to be sent, or the client's copy is still good.
 *
 * A date counts only when the tag condition of its kind is absent (RFC 9110 section 13.2.2).
 *
 * @throws ServiceError PreconditionFailed
 */
export function checkReadConditions(conditions: ReadConditions, object: StoredObject): 'send' | 'notModified' {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions;
  if (IfMatch !== undefined) {
    if (!namesEtag(IfMatch, object.etag)) throw preconditionFailed('If-Match');
  } else if (IfUnmodifiedSince !== undefined && isModifiedSince(object, IfUnmodifiedSince)) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  if (IfNoneMatch !== undefined) return namesEtag(IfNoneMatch, object.etag) ? 'notModified' : 'send';
  if (IfModifiedSince !== undefined && !isModifiedSince(object, IfModifiedSince)) return 'notModified';
  return 'send';
}

/** What a copy demands of its source. */
export interface CopySourceConditions {
  readonly CopySourceIfMatch?: string | undefined;
  readonly CopySourceIfNoneMatch?: string | undefined;
  readonly CopySourceIfModifiedSince?: Date | undefined;
  readonly CopySourceIfUnmodifiedSince?: Date | undefined;
}

/**
 * Holds a copy to its `x-amz-copy-source-if-*` headers; unlike a read, an unmodified source fails it.
 *
 * @throws ServiceError PreconditionFailed
 */
export function checkCopySourceConditions(conditions: CopySourceConditions, source: StoredObject): void {
  const { CopySourceIfMatch, CopySourceIfNoneMatch, CopySourceIfModifiedSince, CopySourceIfUnmodifiedSince } =
    conditions;
  if (CopySourceIfMatch !== undefined) {
    if (!namesEtag(CopySourceIfMatch, source.etag)) throw preconditionFailed('x-amz-copy-source-If-Match');
  } else if (CopySourceIfUnmodifiedSince !== undefined && isModifiedSince(source, CopySourceIfUnmodifiedSince)) {
    throw preconditionFailed('x-amz-copy-source-If-Unmodified-Since');
  }
  if (CopySourceIfNoneMatch !== undefined) {
    if (namesEtag(CopySourceIfNoneMatch, source.etag)) throw preconditionFailed('x-amz-copy-source-If-None-Match');
  } else if (CopySourceIfModifiedSince !== undefined && !isModifiedSince(source, CopySourceIfModifiedSince)) {
    throw preconditionFailed('x-amz-copy-source-If-Modified-Since');
  }
}

/**
 * What must hold of the present object for a write.
 *
 * @throws ServiceError NotImplemented for forms that S3 does not take either: If-None-Match other than `*`, If-Match: `*`
 */
export function writeCondition(headers: {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
}): PutCondition {
  const { IfMatch, IfNoneMatch } = headers;
  if (IfNoneMatch !== undefined && (IfNoneMatch !== '*' || IfMatch !== undefined)) {
    throw conditionNotImplemented('If-None-Match');
  }
  if (IfMatch === '*') throw conditionNotImplemented('If-Match');
  if (IfNoneMatch !== undefined) return { kind: 'absent' };
  return IfMatch === undefined ? { kind: 'none' } : { kind: 'etag', etag: unquoted(IfMatch) };
}

function conditionNotImplemented(header: string): ServiceError {
  return s3Error('NotImplemented', 'A header you provided implies functionality that is not implemented', {
    details: { Header: header },
  });
}

/** 412 with the header whose condition did not hold. */
export function preconditionFailed(header: string): ServiceError {
  return s3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    details: { Condition: header },
  });
}

/** HTTP dates have whole seconds, so the object's time is compared as it was told. */
function isModifiedSince(object: StoredObject, date: Date): boolean {
  return wholeSeconds(object.lastModified).getTime() > date.getTime();
}
