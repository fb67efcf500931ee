/** What GetObject and HeadObject have in common: the head of the answer, without the bytes. */
import type { ServiceError } from '../../base/service-error.ts';
import { auditNotes } from '../../federation/audit-notes.ts';
import { authorize } from '../../federation/authorize.ts';
import type { PartFacts, StoredObject } from '../../storage/objects/objects.ts';
import type { Bucket } from '../../storage/state/bucket-record.ts';
import type { HeadObjectRequest } from '../../wire/generated/s3-types.ts';
import type { Call } from '../operation.ts';
import { algorithmsOf, checksumMembers, shownPartChecksum } from './checksum-members.ts';
import { versionKey } from './condition-keys.ts';
import { s3Error } from './errors.ts';
import { existingBucket } from './existing-bucket.ts';
import { existingObject, READ_OBJECT } from './missing-object.ts';
import { hasOverrides, type ObjectHeaders, objectHeaders, overridden } from './object-headers.ts';
import { objectRequirement } from './permissions.ts';
import { checkReadConditions } from './preconditions.ts';
import { type ByteRange, readPartRange, readRange } from './range.ts';
import { checkEncryptionHeaders } from './refused-headers.ts';

/** The head of the answer, and which bytes are to follow it. */
export interface ReadAnswer {
  readonly head: ObjectHeaders;
  readonly object: StoredObject;
  /** Undefined when there is nothing to send: an object without bytes, or 304. */
  readonly bytes: ByteRange | undefined;
}

/**
 * Finds the object, holds the request to its conditions and sets the status of the answer (206, 304).
 *
 * @throws ServiceError NoSuchKey or AccessDenied, NoSuchVersion, MethodNotAllowed, PreconditionFailed, InvalidRange, InvalidPartNumber, InvalidRequest
 */
export async function readObject(input: HeadObjectRequest, call: Call): Promise<ReadAnswer> {
  checkEncryptionHeaders(input);
  if (call.caller.kind === 'anonymous' && hasOverrides(input)) {
    throw s3Error('InvalidRequest', 'Request specific response headers cannot be used for anonymous GET requests.');
  }
  if (input.Range !== undefined && input.PartNumber !== undefined) throw rangeAndPart();
  const bucket = await existingBucket(input, call);
  const object = await existingObject(input, call, READ_OBJECT);
  const shown = objectHeaders(object, bucket);
  if (checkReadConditions(input, object) === 'notModified') {
    call.reply.status = 304;
    const { LastModified, ETag, CacheControl, Expires, VersionId } = shown;
    return { head: { LastModified, ETag, CacheControl, Expires, VersionId }, object, bytes: undefined };
  }
  const range = selectedRange(input, object);
  if (range !== undefined || input.PartNumber !== undefined) call.reply.status = 206;
  const bytes = range ?? (object.size === 0 ? undefined : { start: 0, end: object.size - 1 });
  const head = {
    ...overridden(shown, input),
    ContentLength: bytes === undefined ? 0 : bytes.end - bytes.start + 1,
    ContentRange: range && `bytes ${range.start}-${range.end}/${object.size}`,
    PartsCount: input.PartNumber === undefined || !object.parts?.length ? undefined : object.parts.length,
    TagCount: await shownTagCount(object, input.VersionId, bucket, call),
    ...shownChecksums(input, object),
  };
  return { head, object, bytes };
}

function selectedRange(input: HeadObjectRequest, object: StoredObject): ByteRange | undefined {
  if (input.PartNumber !== undefined) return readPartRange(object, input.PartNumber);
  return input.Range === undefined ? undefined : readRange(input.Range, object.size);
}

/** Checksums are those of the whole object or the whole part: a range has none. */
function shownChecksums(input: HeadObjectRequest, object: StoredObject): ObjectHeaders {
  if (input.ChecksumMode !== 'ENABLED' || input.Range !== undefined) return {};
  const part = selectedPart(input, object);
  const shown =
    part === undefined ? checksumMembers(object.checksums) : shownPartChecksum(part, algorithmsOf(object.checksums)[0]);
  return { ...shown, ChecksumType: object.checksumType };
}

function selectedPart(input: HeadObjectRequest, object: StoredObject): PartFacts | undefined {
  return input.PartNumber === undefined ? undefined : object.parts?.[input.PartNumber - 1];
}

/** `x-amz-tagging-count` is for those who may read the tags; asking is no part of the call’s own decisions. */
async function shownTagCount(
  object: StoredObject,
  named: string | undefined,
  bucket: Bucket,
  call: Call,
): Promise<number | undefined> {
  const count = Object.keys(object.tags).length;
  if (count === 0) return undefined;
  const action = named === undefined ? 's3:GetObjectTagging' : 's3:GetObjectVersionTagging';
  const requirement = objectRequirement(action, bucket, object.key, call, versionKey(named));
  const decision = await authorize(requirement, { ...call, notes: auditNotes() });
  return decision.outcome === 'allow' ? count : undefined;
}

function rangeAndPart(): ServiceError {
  return s3Error('InvalidRequest', 'Cannot specify both Range header and partNumber query parameter');
}
