/** Entity tag and checksum of an object from those of its parts (S3 User Guide, "Checking object integrity"). */
import { createHash } from 'node:crypto';
import { compositeChecksum } from '../../wire/checksums.ts';
import { combineCrc } from '../../wire/crc-combine.ts';
import type { ChecksumAlgorithm, MultipartUpload, ObjectFacts, PartFacts } from '../../storage/objects/objects.ts';
import type { CreateMultipartUploadRequest } from '../../wire/generated/s3-types.ts';
import { checkAlgorithm, DEFAULT_ALGORITHM } from './checksum-members.ts';
import { s3Error } from './errors.ts';

/** How an upload's checksum is made; both undefined when the client left it to S3. */
export type ChecksumChoice = Pick<MultipartUpload, 'checksumAlgorithm' | 'checksumType'>;

/**
 * Reads the choice out of CreateMultipartUpload. Hashes cannot be joined, so they are composite only;
 * CRC64NVME is of the full object only.
 *
 * @throws ServiceError InvalidRequest for another combination, NotImplemented for another algorithm
 */
export function chooseChecksum(
  input: Pick<CreateMultipartUploadRequest, 'ChecksumAlgorithm' | 'ChecksumType'>,
): ChecksumChoice {
  const { ChecksumAlgorithm: named, ChecksumType: type } = input;
  if (named === undefined) {
    if (type === undefined) return { checksumAlgorithm: undefined, checksumType: undefined };
    throw s3Error(
      'InvalidRequest',
      'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
    );
  }
  const algorithm = checkAlgorithm(named);
  const only = algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : isHash(algorithm) ? 'COMPOSITE' : undefined;
  if (type !== undefined && only !== undefined && type !== only) {
    throw s3Error(
      'InvalidRequest',
      `The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
    );
  }
  return { checksumAlgorithm: algorithm, checksumType: type ?? only ?? 'COMPOSITE' };
}

/** The algorithm that every part of the upload is digested with. */
export function uploadAlgorithm(upload: ChecksumChoice): ChecksumAlgorithm {
  return upload.checksumAlgorithm ?? DEFAULT_ALGORITHM;
}

/** The checksum of the object that `parts` make, in the upload's algorithm and type. */
export function joinedChecksum(
  upload: ChecksumChoice,
  parts: readonly PartFacts[],
): Required<Pick<ObjectFacts, 'checksums' | 'checksumType'>> {
  const algorithm = uploadAlgorithm(upload);
  const checksumType = upload.checksumType ?? 'FULL_OBJECT';
  const values = parts.map((part) => checksumOf(part, algorithm));
  if (checksumType === 'COMPOSITE' || isHash(algorithm)) {
    return { checksums: { [algorithm]: compositeChecksum(algorithm, values) }, checksumType };
  }
  const [first = '', ...rest] = values;
  const whole = rest.reduce(
    (joined, value, index) => combineCrc(algorithm, joined, value, parts[index + 1]?.size ?? 0),
    first,
  );
  return { checksums: { [algorithm]: whole }, checksumType };
}

/** MD5 of the parts’ MD5s in a row, and how many they are: `{hex}-{parts}`. */
export function joinedEtag(parts: readonly PartFacts[]): string {
  const md5 = createHash('md5');
  for (const part of parts) md5.update(part.etag, 'hex');
  return `${md5.digest('hex')}-${parts.length}`;
}

function checksumOf(part: PartFacts, algorithm: ChecksumAlgorithm): string {
  const value = part.checksums[algorithm];
  if (value === undefined) throw new Error(`a part was stored without its ${algorithm}`);
  return value;
}

function isHash(algorithm: ChecksumAlgorithm): algorithm is 'SHA1' | 'SHA256' {
  return algorithm === 'SHA1' || algorithm === 'SHA256';
}
