/** Checksums as members of S3's inputs and outputs, and as the store names them. */
import type { ChecksumAlgorithm, ObjectFacts, PartFacts } from '../../storage/objects/objects.ts';
import { CHECKSUM_ALGORITHMS, checksumHeader, isChecksumValue } from '../../wire/checksums.ts';
import { notImplemented, s3Error } from './errors.ts';

/** Algorithm → value in base64. */
export type Checksums = ObjectFacts['checksums'];

/** The checksum members that inputs and outputs share, of the algorithms that Sojourn has. */
export interface ChecksumMembers {
  readonly ChecksumCRC32?: string | undefined;
  readonly ChecksumCRC32C?: string | undefined;
  readonly ChecksumCRC64NVME?: string | undefined;
  readonly ChecksumSHA1?: string | undefined;
  readonly ChecksumSHA256?: string | undefined;
}

/** Those that the model has and Sojourn has not. */
export interface OtherChecksumMembers {
  readonly ChecksumSHA512?: string | undefined;
  readonly ChecksumMD5?: string | undefined;
  readonly ChecksumXXHASH64?: string | undefined;
  readonly ChecksumXXHASH3?: string | undefined;
  readonly ChecksumXXHASH128?: string | undefined;
}

/** What S3 computes when the client names no algorithm (since December 2024). */
export const DEFAULT_ALGORITHM = 'CRC64NVME';

/**
 * The algorithm that a request names.
 *
 * @throws ServiceError NotImplemented for those that Sojourn has not
 */
export function checkAlgorithm(name: string): ChecksumAlgorithm {
  const algorithm = CHECKSUM_ALGORITHMS.find((known) => known === name);
  if (algorithm === undefined) throw notImplemented(`the checksum algorithm ${name}`);
  return algorithm;
}

/** The checksums as members of an output. */
export function checksumMembers(checksums: Checksums): ChecksumMembers {
  return {
    ChecksumCRC32: checksums.CRC32,
    ChecksumCRC32C: checksums.CRC32C,
    ChecksumCRC64NVME: checksums.CRC64NVME,
    ChecksumSHA1: checksums.SHA1,
    ChecksumSHA256: checksums.SHA256,
  };
}

/** The checksum of one part in the algorithm that its upload or object has; a part may have been stored with more. */
export function shownPartChecksum(
  part: Pick<PartFacts, 'checksums'>,
  algorithm: ChecksumAlgorithm | undefined,
): ChecksumMembers {
  return algorithm === undefined ? {} : checksumMembers({ [algorithm]: part.checksums[algorithm] });
}

/**
 * The checksums that an input carries.
 *
 * @throws ServiceError NotImplemented for algorithms that Sojourn has not
 */
export function sentChecksums(input: ChecksumMembers & OtherChecksumMembers): Checksums {
  const others = [input.ChecksumSHA512, input.ChecksumMD5, input.ChecksumXXHASH64, input.ChecksumXXHASH3];
  if (others.some((value) => value !== undefined) || input.ChecksumXXHASH128 !== undefined) {
    throw notImplemented('checksums other than CRC32, CRC32C, CRC64NVME, SHA1 and SHA256');
  }
  const checksums: Partial<Record<ChecksumAlgorithm, string>> = {};
  for (const algorithm of CHECKSUM_ALGORITHMS) {
    const value = input[`Checksum${algorithm}`];
    if (value !== undefined) checksums[algorithm] = value;
  }
  return checksums;
}

/** The algorithms of `checksums`. */
export function algorithmsOf(checksums: Checksums): readonly ChecksumAlgorithm[] {
  return CHECKSUM_ALGORITHMS.filter((algorithm) => checksums[algorithm] !== undefined);
}

/**
 * Holds a checksum value to its form: base64 of as many bytes as the algorithm gives.
 *
 * @throws ServiceError InvalidRequest
 */
export function checkDigestForm(algorithm: ChecksumAlgorithm, value: string): void {
  if (!isChecksumValue(algorithm, value)) {
    throw s3Error('InvalidRequest', `Value for ${checksumHeader(algorithm)} header is invalid.`);
  }
}
