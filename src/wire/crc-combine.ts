/**
 * The CRC of two byte strings in a row from the CRCs of each and the length of the second, without
 * the bytes: how S3 checks a whole object that came in parts.
 *
 * A CRC is a polynomial over GF(2) modulo a generator. Appending n bytes multiplies by x^(8n), so the
 * combination is crcA · x^(8n) + crcB. In the reflected form the highest bit is the coefficient of x^0.
 */
import { Buffer } from 'node:buffer';
import { CRC32C_POLYNOMIAL, CRC32_POLYNOMIAL, CRC64NVME_POLYNOMIAL, bigEndian } from './crc.ts';

/** The algorithms that can be combined; hashes cannot. */
export type CrcAlgorithm = 'CRC32' | 'CRC32C' | 'CRC64NVME';

/** A reflected polynomial, `high` holding the low powers. CRCs of 32 bits use `high` only. */
interface Polynomial {
  readonly high: number;
  readonly low: number;
}

interface Field {
  readonly generator: Polynomial;
  readonly bits: 32 | 64;
  /** x^(8·2^k) for every k that a length can have. */
  readonly shifts: readonly Polynomial[];
}

/** Lengths are safe integers. */
const LENGTH_BITS = 53;
const FIELDS: Readonly<Record<CrcAlgorithm, Field>> = {
  CRC32: makeField({ high: CRC32_POLYNOMIAL, low: 0 }, 32),
  CRC32C: makeField({ high: CRC32C_POLYNOMIAL, low: 0 }, 32),
  CRC64NVME: makeField(CRC64NVME_POLYNOMIAL, 64),
};

/**
 * The CRC of A followed by B.
 *
 * @param crcA base64, as S3 prints it
 * @param crcB base64
 * @param lengthB of B, in bytes
 * @throws RangeError when a check value has the wrong size or the length is no safe integer
 */
export function combineCrc(algorithm: CrcAlgorithm, crcA: string, crcB: string, lengthB: number): string {
  const field = FIELDS[algorithm];
  if (!Number.isSafeInteger(lengthB) || lengthB < 0) throw new RangeError('a length is a non-negative integer');
  let a = read(crcA, field);
  const b = read(crcB, field);
  for (let k = 0, rest = lengthB; rest > 0; k++, rest = Math.floor(rest / 2)) {
    const shift = field.shifts[k];
    if (rest % 2 === 1 && shift !== undefined) a = multiply(a, shift, field);
  }
  const high = a.high ^ b.high;
  return (field.bits === 32 ? bigEndian(high) : bigEndian(high, a.low ^ b.low)).toString('base64');
}

function read(base64: string, { bits }: Field): Polynomial {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length * 8 !== bits) throw new RangeError(`a check value of ${bits} bits has ${bits / 8} bytes`);
  return { high: bytes.readUInt32BE(0), low: bits === 64 ? bytes.readUInt32BE(4) : 0 };
}

/** a · b modulo the generator, by the coefficients of `a` from x^0 up while `b` is multiplied by x. */
function multiply(a: Polynomial, b: Polynomial, { generator, bits }: Field): Polynomial {
  let high = 0;
  let low = 0;
  let { high: bHigh, low: bLow } = b;
  for (let power = 0; power < bits; power++) {
    const coefficient = power < 32 ? (a.high >>> (31 - power)) & 1 : (a.low >>> (63 - power)) & 1;
    if (coefficient === 1) {
      high ^= bHigh;
      low ^= bLow;
    }
    const overflow = (bits === 32 ? bHigh : bLow) & 1;
    bLow = bits === 32 ? 0 : (bLow >>> 1) | (bHigh << 31);
    bHigh >>>= 1;
    if (overflow === 1) {
      bHigh ^= generator.high;
      bLow ^= generator.low;
    }
  }
  return { high, low };
}

function makeField(generator: Polynomial, bits: 32 | 64): Field {
  const field = { generator, bits, shifts: [] };
  // x^8 has its bit eight places below the highest, which is x^0.
  let shift: Polynomial = { high: 1 << 23, low: 0 };
  const shifts: Polynomial[] = [];
  for (let k = 0; k < LENGTH_BITS; k++) {
    shifts.push(shift);
    shift = multiply(shift, shift, field);
  }
  return { generator, bits, shifts };
}
