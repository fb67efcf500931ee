/** S3's additional checksums: computed while the bytes pass, printed in base64. */
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { crc32 as zlibCrc32 } from 'node:zlib';
import { bigEndian, crc32c, crc64nvme } from './crc.ts';
import type { Crc } from './crc.ts';

/** S3's additional checksums. */
export const CHECKSUM_ALGORITHMS = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;

/** One of them. */
export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];

/** A checksum under way. */
export interface Checksum {
  readonly update: (bytes: Uint8Array) => void;
  /** Once, at the end: the form of `x-amz-checksum-*`. */
  readonly digestBase64: () => string;
}

/** Bytes of each algorithm's value. */
const SIZES: Readonly<Record<ChecksumAlgorithm, number>> = { CRC32: 4, CRC32C: 4, CRC64NVME: 8, SHA1: 20, SHA256: 32 };
const HEADER_PREFIX = 'x-amz-checksum-';

/** A fresh checksum. */
export function checksum(algorithm: ChecksumAlgorithm): Checksum {
  switch (algorithm) {
    case 'CRC32':
      return fromCrc(crc32());
    case 'CRC32C':
      return fromCrc(crc32c());
    case 'CRC64NVME':
      return fromCrc(crc64nvme());
    case 'SHA1':
    case 'SHA256': {
      const hash = createHash(algorithm);
      return { update: (bytes) => void hash.update(bytes), digestBase64: () => hash.digest('base64') };
    }
    default:
      return algorithm satisfies never;
  }
}

/**
 * The checksum of checksums of an object in parts: `{base64}-{number of parts}`.
 *
 * @param parts the parts' own checksums in base64, in order
 */
export function compositeChecksum(algorithm: ChecksumAlgorithm, parts: readonly string[]): string {
  const whole = checksum(algorithm);
  for (const part of parts) whole.update(Buffer.from(part, 'base64'));
  return `${whole.digestBase64()}-${parts.length}`;
}

/** Whether `text` is base64 of the size that the algorithm has. */
export function isChecksumValue(algorithm: ChecksumAlgorithm, text: string): boolean {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === SIZES[algorithm] && bytes.toString('base64') === text;
}

/** `x-amz-checksum-crc32c` */
export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return HEADER_PREFIX + algorithm.toLowerCase();
}

/** The algorithm that a lower-cased header (or trailer) names; undefined when it is no checksum header. */
export function checksumOfHeader(name: string): ChecksumAlgorithm | undefined {
  return CHECKSUM_ALGORITHMS.find((algorithm) => checksumHeader(algorithm) === name);
}

function crc32(): Crc {
  let value = 0;
  return {
    update: (bytes) => {
      value = zlibCrc32(bytes, value);
    },
    digest: () => bigEndian(value),
  };
}

function fromCrc(crc: Crc): Checksum {
  return { update: crc.update, digestBase64: () => crc.digest().toString('base64') };
}
