/** The parts that CompleteMultipartUpload names, found and held to S3's rules. */
import type { ServiceError } from '../../base/service-error.ts';
import type { MultipartUpload, PartFacts } from '../../storage/objects/objects.ts';
import type { CompletedPart } from '../../wire/generated/s3-types.ts';
import type { Call } from '../operation.ts';
import { sentChecksums } from './checksum-members.ts';
import { malformedXml, s3Error } from './errors.ts';
import { unquoted } from './etag.ts';
import { MOST_PARTS } from './existing-upload.ts';
import { uploadAlgorithm } from './multipart-checksums.ts';

/** Every part but the last holds at least this: 5 MiB (S3 User Guide, "Multipart upload limits"). */
const SMALLEST_PART = 5 * 1024 * 1024;

/**
 * The stored parts that `named` stands for, in its order.
 *
 * @throws ServiceError MalformedXML when none is named, InvalidPartOrder, InvalidPart, InvalidRequest when
 *   a composite upload's part comes without its checksum, EntityTooSmall
 */
export async function chosenParts(
  named: readonly CompletedPart[],
  upload: MultipartUpload,
  call: Call,
): Promise<readonly PartFacts[]> {
  if (named.length === 0 || named.length > MOST_PARTS) throw malformedXml();
  checkOrder(named);
  const stored = await call.sojourn.objects.listParts(upload, 0, MOST_PARTS);
  const byNumber = new Map(stored.map((part) => [part.number, part]));
  const parts = named.map((part) => {
    const found = byNumber.get(part.PartNumber ?? 0);
    if (found === undefined || !isSamePart(part, found)) throw invalidPart(part, upload);
    checkStatesChecksum(part, upload);
    return found;
  });
  for (const part of parts.slice(0, -1)) if (part.size < SMALLEST_PART) throw tooSmall(part);
  return parts;
}

function checkOrder(named: readonly CompletedPart[]): void {
  let before = 0;
  for (const { PartNumber } of named) {
    if (PartNumber === undefined) throw malformedXml();
    if (PartNumber <= before) {
      throw s3Error(
        'InvalidPartOrder',
        'The list of parts was not in ascending order. Parts must be ordered by part number.',
      );
    }
    before = PartNumber;
  }
}

function isSamePart(named: CompletedPart, stored: PartFacts): boolean {
  if (named.ETag === undefined || unquoted(named.ETag) !== stored.etag) return false;
  const { checksums } = stored;
  return Object.entries(sentChecksums(named)).every(([algorithm, value]) =>
    Object.entries(checksums).some(([name, kept]) => name === algorithm && kept === value),
  );
}

/** A composite checksum is of the parts' own, so the request has to repeat them. */
function checkStatesChecksum(part: CompletedPart, upload: MultipartUpload): void {
  if (upload.checksumType !== 'COMPOSITE') return;
  const algorithm = uploadAlgorithm(upload);
  if (sentChecksums(part)[algorithm] !== undefined) return;
  throw s3Error(
    'InvalidRequest',
    `The upload was created using a ${algorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${part.PartNumber ?? 0} in the request.`,
  );
}

function invalidPart(part: CompletedPart, upload: MultipartUpload): ServiceError {
  return s3Error(
    'InvalidPart',
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    {
      details: { UploadId: upload.uploadId, PartNumber: String(part.PartNumber ?? 0), ETag: unquoted(part.ETag ?? '') },
    },
  );
}

function tooSmall(part: PartFacts): ServiceError {
  return s3Error('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
    details: {
      ProposedSize: String(part.size),
      MinSizeAllowed: String(SMALLEST_PART),
      PartNumber: String(part.number),
      ETag: part.etag,
    },
  });
}
