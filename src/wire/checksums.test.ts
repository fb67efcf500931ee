import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import {
  CHECKSUM_ALGORITHMS,
  checksum,
  checksumHeader,
  checksumOfHeader,
  compositeChecksum,
  isChecksumValue,
} from './checksums.ts';
import type { ChecksumAlgorithm } from './checksums.ts';
import { combineCrc } from './crc-combine.ts';
import { CRC32C_POLYNOMIAL, CRC64NVME_POLYNOMIAL } from './crc.ts';

const CRCS = ['CRC32', 'CRC32C', 'CRC64NVME'] as const;

test('the check values of `123456789`', () => {
  const values: Readonly<Record<ChecksumAlgorithm, string>> = {
    CRC32: 'cbf43926',
    CRC32C: 'e3069283',
    CRC64NVME: 'ae8b14860a799888',
    SHA1: 'f7c3bc1d808e04732adf679965ccc34ca7ae3441',
    SHA256: '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225',
  };
  for (const algorithm of CHECKSUM_ALGORITHMS) {
    assert.equal(Buffer.from(of(algorithm, Buffer.from('123456789')), 'base64').toString('hex'), values[algorithm]);
  }
});

test('the checksums of nothing', () => {
  assert.equal(of('CRC32', Buffer.alloc(0)), 'AAAAAA==');
  assert.equal(of('CRC32C', Buffer.alloc(0)), 'AAAAAA==');
  assert.equal(of('CRC64NVME', Buffer.alloc(0)), 'AAAAAAAAAAA=');
});

test('CRC-32C of RFC 3720 B.4: zeros, ones, up, down', () => {
  const samples: readonly (readonly [Buffer, string])[] = [
    [Buffer.alloc(32), '8a9136aa'],
    [Buffer.alloc(32, 0xff), '62a8ab43'],
    [Buffer.from(Array.from({ length: 32 }, (_, i) => i)), '46dd794e'],
    [Buffer.from(Array.from({ length: 32 }, (_, i) => 31 - i)), '113fdb5c'],
  ];
  for (const [bytes, value] of samples) {
    assert.equal(Buffer.from(of('CRC32C', bytes), 'base64').toString('hex'), value);
  }
});

test('every algorithm is the plain bit-by-bit one, wherever the bytes are cut and however they lie in memory', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.array(fc.nat(400)), fc.nat(7), (bytes, cuts, offset) => {
      const shifted = new Uint8Array(bytes.length + offset);
      shifted.set(bytes, offset);
      const lying = shifted.subarray(offset);
      const expected: Readonly<Record<ChecksumAlgorithm, string>> = {
        CRC32: base64(BigInt(crc32(bytes)), 32),
        CRC32C: base64(slowCrc(bytes, 32, BigInt(CRC32C_POLYNOMIAL)), 32),
        CRC64NVME: base64(slowCrc(bytes, 64, polynomial64()), 64),
        SHA1: createHash('sha1').update(bytes).digest('base64'),
        SHA256: createHash('sha256').update(bytes).digest('base64'),
      };
      for (const algorithm of CHECKSUM_ALGORITHMS) assert.equal(of(algorithm, lying, cuts), expected[algorithm]);
    }),
    { numRuns: 60 },
  );
});

test('the CRCs of two halves combine to that of the whole', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }), (a, b) => {
      for (const algorithm of CRCS) {
        const whole = of(algorithm, Buffer.concat([a, b]));
        assert.equal(combineCrc(algorithm, of(algorithm, a), of(algorithm, b), b.length), whole);
      }
    }),
    { numRuns: 100 },
  );
});

test('lengths of more than 32 bits combine as the sum of their parts', () => {
  const zero = { CRC32: 'AAAAAA==', CRC32C: 'AAAAAA==', CRC64NVME: 'AAAAAAAAAAA=' };
  for (const algorithm of CRCS) {
    const start = of(algorithm, Buffer.from('start'));
    const length = 5 * 1024 ** 4 + 12345;
    const once = combineCrc(algorithm, start, zero[algorithm], length);
    const twice = combineCrc(
      algorithm,
      combineCrc(algorithm, start, zero[algorithm], 12345),
      zero[algorithm],
      5 * 1024 ** 4,
    );
    assert.equal(once, twice);
    assert.notEqual(once, combineCrc(algorithm, start, zero[algorithm], length + 1));
    assert.equal(combineCrc(algorithm, start, zero[algorithm], 0), start);
  }
});

test('what cannot be combined', () => {
  assert.throws(() => combineCrc('CRC32', 'AAAA', 'AAAAAA==', 1), RangeError);
  assert.throws(() => combineCrc('CRC64NVME', 'AAAAAA==', 'AAAAAAAAAAA=', 1), RangeError);
  assert.throws(() => combineCrc('CRC32', 'AAAAAA==', 'AAAAAA==', -1), RangeError);
  assert.throws(() => combineCrc('CRC32', 'AAAAAA==', 'AAAAAA==', 0.5), RangeError);
});

test('the checksum of checksums names its parts', () => {
  const parts = ['one', 'two'].map((text) => of('SHA256', Buffer.from(text)));
  const joined = Buffer.concat(parts.map((part) => Buffer.from(part, 'base64')));
  assert.equal(compositeChecksum('SHA256', parts), `${createHash('sha256').update(joined).digest('base64')}-2`);
});

test('a value must be base64 of the right size, in its one spelling', () => {
  assert.ok(isChecksumValue('CRC32', 'sOO8/Q=='));
  for (const bad of ['', 'sOO8/Q', 'sOO8/Q==\n', 'sOO8_Q==', 'sOO8/R==', 'AAAAAAAAAAA=', '!!!!!!==']) {
    assert.equal(isChecksumValue('CRC32', bad), false, bad);
  }
});

test('headers name algorithms and back', () => {
  for (const algorithm of CHECKSUM_ALGORITHMS) assert.equal(checksumOfHeader(checksumHeader(algorithm)), algorithm);
  assert.equal(checksumHeader('CRC64NVME'), 'x-amz-checksum-crc64nvme');
  for (const other of ['x-amz-checksum-type', 'x-amz-checksum-', 'content-md5']) {
    assert.equal(checksumOfHeader(other), undefined);
  }
});

/** Of `bytes`, given to the checksum in pieces. */
function of(algorithm: ChecksumAlgorithm, bytes: Uint8Array, cuts: readonly number[] = []): string {
  const running = checksum(algorithm);
  let from = 0;
  for (const to of [...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length]) {
    running.update(bytes.subarray(from, to));
    from = to;
  }
  return running.digestBase64();
}

function slowCrc(bytes: Uint8Array, bits: number, polynomial: bigint): bigint {
  const ones = (1n << BigInt(bits)) - 1n;
  let crc = ones;
  for (const byte of bytes) {
    crc ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ polynomial : crc >> 1n;
  }
  return crc ^ ones;
}

function polynomial64(): bigint {
  return (BigInt(CRC64NVME_POLYNOMIAL.high) << 32n) | BigInt(CRC64NVME_POLYNOMIAL.low);
}

function base64(value: bigint, bits: number): string {
  return Buffer.from(value.toString(16).padStart(bits / 4, '0'), 'hex').toString('base64');
}
