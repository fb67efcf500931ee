import assert from 'node:assert/strict';
import { createHash, hash } from 'node:crypto';
import { test } from 'node:test';
import { ServiceError } from '../base/service-error.ts';
import { exactLength, expectChecksum, expectMd5, expectSha256, observed } from './checksums-body.ts';

const HELLO = ['hel', '', 'lo'];
const MD5 = createHash('md5').update('hello').digest('base64');

test('a body of the announced length passes; a longer one fails at once, a shorter one at its end', async () => {
  assert.equal(await text(exactLength(body(HELLO), 5)), 'hello');
  assert.equal(await text(exactLength(body([]), 0)), '');
  let taken = 0;
  const counted = exactLength(
    body(HELLO, () => taken++),
    2,
  );
  const tooLong = await failure(counted);
  assert.equal(taken, 1);
  assert.deepEqual(
    [tooLong.code, tooLong.status, tooLong.details],
    ['IncompleteBody', 400, { NumberBytesExpected: '2', NumberBytesProvided: '3' }],
  );
  const tooShort = await failure(exactLength(body(HELLO), 6));
  assert.deepEqual([tooShort.code, tooShort.details['NumberBytesProvided']], ['IncompleteBody', '5']);
});

test('the signed SHA-256 must be that of the bytes', async () => {
  const right = hash('sha256', 'hello', 'hex');
  assert.equal(await text(expectSha256(body(HELLO), right)), 'hello');
  assert.equal(await text(expectSha256(body(HELLO), right.toUpperCase())), 'hello');
  const error = await failure(expectSha256(body(['hellO']), right));
  assert.deepEqual([error.code, error.status], ['XAmzContentSHA256Mismatch', 400]);
  assert.deepEqual(error.details, {
    ClientComputedContentSHA256: right,
    S3ComputedContentSHA256: hash('sha256', 'hellO', 'hex'),
  });
});

test('Content-MD5 must be one, and that of the bytes', async () => {
  assert.equal(await text(expectMd5(body(HELLO), MD5)), 'hello');
  const bad = await failure(expectMd5(body(['hellO']), MD5));
  assert.deepEqual([bad.code, bad.status, bad.details['ExpectedDigest']], ['BadDigest', 400, MD5]);
  for (const value of ['', 'x', MD5.slice(0, -4), `${MD5}AAAA`, MD5.replace('=', ' ')]) {
    const invalid = await failure(expectMd5(body(HELLO), value));
    assert.deepEqual([invalid.code, invalid.status], ['InvalidDigest', 400]);
  }
});

test('a checksum is asked for after the last byte, and must be that of the bytes', async () => {
  let ended = false;
  const value = (): string => {
    assert.ok(ended);
    return 'NhCmhg==';
  };
  assert.equal(
    await text(
      expectChecksum(
        body(HELLO, undefined, () => (ended = true)),
        'CRC32',
        value,
      ),
    ),
    'hello',
  );
  assert.equal(await text(expectChecksum(body(HELLO), 'CRC32', () => undefined)), 'hello');
  const bad = await failure(expectChecksum(body(HELLO), 'CRC32', () => 'AAAAAA=='));
  assert.deepEqual(
    [bad.code, bad.status, bad.message],
    ['BadDigest', 400, 'The CRC32 you specified did not match the calculated checksum.'],
  );
  const invalid = await failure(expectChecksum(body(HELLO), 'CRC32', () => 'x', 'trailing header'));
  assert.deepEqual(
    [invalid.code, invalid.message],
    ['InvalidRequest', 'Value for x-amz-checksum-crc32 trailing header is invalid.'],
  );
});

test('observers see every byte in order', async () => {
  const seen: string[] = [];
  await text(observed(body(HELLO), [{ update: (bytes) => seen.push(Buffer.from(bytes).toString()) }]));
  assert.equal(seen.join(''), 'hello');
});

async function* body(pieces: readonly string[], taken?: () => void, ended?: () => void): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    taken?.();
    yield Buffer.from(piece);
  }
  ended?.();
}

async function text(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

async function failure(bytes: AsyncIterable<Uint8Array>): Promise<ServiceError> {
  const error: unknown = await text(bytes).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ServiceError, String(error));
  return error;
}
