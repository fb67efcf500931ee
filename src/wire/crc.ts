/**
 * Cyclic redundancy checks that Node does not have: CRC-32C (Castagnoli, RFC 3720 B.4) and
 * CRC-64/NVME (NVM Express base specification 5.2.1.3.4), both reflected, begun and ended with ones.
 *
 * Slicing by eight: eight tables, one for each distance of a byte from the end of an eight-byte step,
 * so that a step is eight look-ups without a dependency between them.
 */
import { Buffer } from 'node:buffer';

/** Takes bytes as they pass and knows their check value at any time. */
export interface Crc {
  readonly update: (bytes: Uint8Array) => void;
  /** Four or eight bytes, most significant first, as S3 encodes them. */
  readonly digest: () => Buffer;
}

/** Reflected polynomials. */
export const CRC32_POLYNOMIAL = 0xedb88320;
export const CRC32C_POLYNOMIAL = 0x82f63b78;
/** In two halves, since the arithmetic here is of 32 bits. */
export const CRC64NVME_POLYNOMIAL = { high: 0x9a6c9329, low: 0xac4bc9b5 };

const SLICES = 8;
const CRC32C_TABLE = makeTable32(CRC32C_POLYNOMIAL);
/** High half at even places, low half at odd ones: the two are read together. */
const CRC64_TABLE = makeTable64(CRC64NVME_POLYNOMIAL.high, CRC64NVME_POLYNOMIAL.low);

/** A fresh CRC-32C; of `123456789` it is e3069283. */
export function crc32c(): Crc {
  let state = -1;
  return {
    update: (bytes) => {
      state = step32(CRC32C_TABLE, state, bytes);
    },
    digest: () => bigEndian(~state),
  };
}

/** A fresh CRC-64/NVME; of `123456789` it is ae8b14860a799888. */
export function crc64nvme(): Crc {
  const state = new Int32Array([-1, -1]);
  return {
    update: (bytes) => step64(CRC64_TABLE, state, bytes),
    digest: () => bigEndian(~(state[0] ?? 0), ~(state[1] ?? 0)),
  };
}

/** Words most significant byte first. */
export function bigEndian(...words: readonly number[]): Buffer {
  const bytes = Buffer.allocUnsafe(4 * words.length);
  words.forEach((word, index) => bytes.writeUInt32BE(word >>> 0, 4 * index));
  return bytes;
}

/** `t` has 256 entries a slice; indices are masked to a byte, so no look-up is out of range. */
function step32(t: Int32Array, state: number, bytes: Uint8Array): number {
  let crc = state;
  let at = 0;
  for (const end = bytes.length - 7; at < end; at += 8) {
    const low =
      crc ^
      (byteAt(bytes, at) |
        (byteAt(bytes, at + 1) << 8) |
        (byteAt(bytes, at + 2) << 16) |
        (byteAt(bytes, at + 3) << 24));
    crc =
      entry(t, 1792 + (low & 255)) ^
      entry(t, 1536 + ((low >>> 8) & 255)) ^
      entry(t, 1280 + ((low >>> 16) & 255)) ^
      entry(t, 1024 + (low >>> 24)) ^
      entry(t, 768 + byteAt(bytes, at + 4)) ^
      entry(t, 512 + byteAt(bytes, at + 5)) ^
      entry(t, 256 + byteAt(bytes, at + 6)) ^
      entry(t, byteAt(bytes, at + 7));
  }
  for (; at < bytes.length; at++) crc = (crc >>> 8) ^ entry(t, (crc ^ byteAt(bytes, at)) & 255);
  return crc;
}

function step64(t: Int32Array, state: Int32Array, bytes: Uint8Array): void {
  let high = entry(state, 0);
  let low = entry(state, 1);
  let at = 0;
  for (const end = bytes.length - 7; at < end; at += 8) {
    low ^=
      byteAt(bytes, at) | (byteAt(bytes, at + 1) << 8) | (byteAt(bytes, at + 2) << 16) | (byteAt(bytes, at + 3) << 24);
    high ^=
      byteAt(bytes, at + 4) |
      (byteAt(bytes, at + 5) << 8) |
      (byteAt(bytes, at + 6) << 16) |
      (byteAt(bytes, at + 7) << 24);
    const a = 3584 + ((low & 255) << 1);
    const b = 3072 + (((low >>> 8) & 255) << 1);
    const c = 2560 + (((low >>> 16) & 255) << 1);
    const d = 2048 + ((low >>> 24) << 1);
    const e = 1536 + ((high & 255) << 1);
    const f = 1024 + (((high >>> 8) & 255) << 1);
    const g = 512 + (((high >>> 16) & 255) << 1);
    const h = (high >>> 24) << 1;
    high =
      entry(t, a) ^ entry(t, b) ^ entry(t, c) ^ entry(t, d) ^ entry(t, e) ^ entry(t, f) ^ entry(t, g) ^ entry(t, h);
    low =
      entry(t, a + 1) ^
      entry(t, b + 1) ^
      entry(t, c + 1) ^
      entry(t, d + 1) ^
      entry(t, e + 1) ^
      entry(t, f + 1) ^
      entry(t, g + 1) ^
      entry(t, h + 1);
  }
  for (; at < bytes.length; at++) {
    const index = ((low ^ byteAt(bytes, at)) & 255) << 1;
    low = ((low >>> 8) | (high << 24)) ^ entry(t, index + 1);
    high = (high >>> 8) ^ entry(t, index);
  }
  state[0] = high;
  state[1] = low;
}

/** Small enough to be inlined; the default never happens, it only tells the compiler so. */
function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

function entry(table: Int32Array, at: number): number {
  return table[at] ?? 0;
}

function makeTable32(polynomial: number): Int32Array {
  const table = new Int32Array(256 * SLICES);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
    table[byte] = crc;
  }
  for (let at = 256; at < table.length; at++) {
    const previous = entry(table, at - 256);
    table[at] = (previous >>> 8) ^ entry(table, previous & 255);
  }
  return table;
}

function makeTable64(polynomialHigh: number, polynomialLow: number): Int32Array {
  const table = new Int32Array(512 * SLICES);
  for (let byte = 0; byte < 256; byte++) {
    let high = 0;
    let low = byte;
    for (let bit = 0; bit < 8; bit++) {
      const odd = low & 1;
      low = (low >>> 1) | (high << 31);
      high >>>= 1;
      if (odd) {
        high ^= polynomialHigh;
        low ^= polynomialLow;
      }
    }
    table[2 * byte] = high;
    table[2 * byte + 1] = low;
  }
  for (let at = 512; at < table.length; at += 2) {
    const high = entry(table, at - 512);
    const low = entry(table, at - 511);
    const index = (low & 255) << 1;
    table[at] = (high >>> 8) ^ entry(table, index);
    table[at + 1] = ((low >>> 8) | (high << 24)) ^ entry(table, index + 1);
  }
  return table;
}
