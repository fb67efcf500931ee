import assert from 'node:assert/strict';
import { createHmac, hash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { ServiceError } from '../base/service-error.ts';
import { payloadMode } from './chunked-mode.ts';
import { decodeChunked } from './chunked.ts';
import type { ChunkVerifier, ChunkedOptions } from './chunked.ts';

const SEED = '0'.repeat(64);
const TRAILER = 'x-amz-checksum-crc32';

interface Sample {
  readonly chunks: readonly Uint8Array[];
  readonly signed: boolean;
  readonly trailers: Readonly<Record<string, string>> | undefined;
}

const size = fc.oneof(fc.constantFrom(8192, 8193, 20_000), fc.integer({ min: 8192, max: 9000 }));
const chunks = fc
  .tuple(fc.array(size, { maxLength: 3 }), fc.integer({ min: 1, max: 300 }))
  .map(([sizes, last]) => [...sizes, last].map((length, i) => Buffer.alloc(length, i + 65)));
const samples: fc.Arbitrary<Sample> = fc.record({
  chunks: fc.oneof(fc.constant([]), chunks),
  signed: fc.boolean(),
  trailers: fc.option(fc.constantFrom({}, { [TRAILER]: 'sOO8/Q==' }), { nil: undefined }),
});

test('what was put in chunks comes out, wherever the network cuts', async () => {
  await fc.assert(
    fc.asyncProperty(samples, fc.array(fc.nat(60_000), { maxLength: 20 }), async (sample, cuts) => {
      const { bytes, trailers } = await decode(cut(encode(sample), cuts), optionsOf(sample));
      assert.ok(bytes.equals(Buffer.concat(sample.chunks)));
      assert.deepEqual(Object.fromEntries(trailers), sample.trailers ?? {});
    }),
    { numRuns: 60 },
  );
});

test('a body that comes byte by byte', async () => {
  const sample: Sample = { chunks: [Buffer.from('hello')], signed: true, trailers: { [TRAILER]: 'NhCmhg==' } };
  const encoded = encode(sample);
  const { bytes, trailers } = await decode(cut(encoded, Array.from(encoded.keys())), optionsOf(sample));
  assert.equal(bytes.toString(), 'hello');
  assert.equal(trailers.get(TRAILER), 'NhCmhg==');
});

test('a body that ends anywhere before its end is incomplete', async () => {
  const sample: Sample = { chunks: [Buffer.from('hello')], signed: true, trailers: { [TRAILER]: 'NhCmhg==' } };
  const encoded = encode(sample);
  for (let length = 0; length < encoded.length; length++) {
    await fails(cut(encoded.subarray(0, length), []), optionsOf(sample), 'IncompleteBody', 400);
  }
});

test('a change of any byte of a signed body is noticed', async () => {
  const sample: Sample = { chunks: [Buffer.from('hello')], signed: true, trailers: { [TRAILER]: 'NhCmhg==' } };
  const encoded = encode(sample);
  for (let at = 0; at < encoded.length; at++) {
    const changed = Buffer.from(encoded);
    changed[at] = (changed[at] ?? 0) ^ 0x01;
    await assert.rejects(decode(cut(changed, []), optionsOf(sample)), ServiceError, `byte ${at}`);
  }
});

test('chunks that are swapped, dropped or repeated break the chain of signatures', async () => {
  const a = Buffer.alloc(8192, 'a');
  const b = Buffer.alloc(8192, 'b');
  const encoded = encode({ chunks: [a, b], signed: true, trailers: undefined });
  const frame = 8192 + '2000;chunk-signature='.length + 64 + 4;
  const [one, two, end] = [encoded.subarray(0, frame), encoded.subarray(frame, 2 * frame), encoded.subarray(2 * frame)];
  const options = (decodedLength: number) => ({
    ...optionsOf({ chunks: [], signed: true, trailers: undefined }),
    decodedLength,
  });
  const mismatch = [
    [two, one, end],
    [one, end],
    [one, one, end],
    [one, two, two, end],
  ];
  assert.equal((await decode(cut(Buffer.concat([one, two, end]), []), options(16384))).bytes.length, 16384);
  for (const pieces of mismatch) {
    const whole = Buffer.concat(pieces);
    await fails(cut(whole, []), options(8192 * (pieces.length - 1)), 'SignatureDoesNotMatch', 403);
  }
});

test('the announced length must be the decoded length', async () => {
  const sample: Sample = { chunks: [Buffer.from('hello')], signed: false, trailers: {} };
  for (const decodedLength of [0, 4, 6]) {
    const error = await fails(cut(encode(sample), []), { ...optionsOf(sample), decodedLength }, 'IncompleteBody', 400);
    assert.deepEqual(error.details, { NumberBytesExpected: String(decodedLength), NumberBytesProvided: '5' });
  }
});

test('only the last chunk may be smaller than 8 KiB', async () => {
  const sample: Sample = { chunks: [Buffer.from('hel'), Buffer.from('lo')], signed: true, trailers: undefined };
  const error = await fails(cut(encode(sample), []), optionsOf(sample), 'InvalidChunkSizeError', 403);
  assert.deepEqual(error.details, { Chunk: '2', BadChunkSize: '3' });
});

test('broken framing, unsigned', async () => {
  const bodies = [
    'hello',
    '5\r\nhello',
    '5\r\nhello0\r\n\r\n',
    '5\r\nhelloXX0\r\n\r\n',
    'x\r\nhello\r\n0\r\n\r\n',
    '-5\r\nhello\r\n0\r\n\r\n',
    '+5\r\nhello\r\n0\r\n\r\n',
    '5 \r\nhello\r\n0\r\n\r\n',
    '5;other=1\r\nhello\r\n0\r\n\r\n',
    '5\nhello\n0\n\n',
    `${'0'.repeat(17)}5\r\nhello\r\n0\r\n\r\n`,
    'ffffffffffffffff\r\nhello\r\n0\r\n\r\n',
    `5${' '.repeat(5000)}`,
    '5\r\nhello\r\n0\r\n\r\nmore',
  ];
  const options = optionsOf({ chunks: [Buffer.from('hello')], signed: false, trailers: {} });
  for (const body of bodies) await fails(cut(Buffer.from(body), []), options, 'IncompleteBody', 400);
});

test('a signed body whose chunks carry no signature', async () => {
  const options = optionsOf({ chunks: [Buffer.from('hello')], signed: true, trailers: undefined });
  await fails(cut(Buffer.from('5\r\nhello\r\n0\r\n\r\n'), []), options, 'IncompleteBody', 400);
});

test('trailers: exactly the announced ones, in bounds', async () => {
  const options = { ...optionsOf({ chunks: [], signed: false, trailers: { [TRAILER]: '' } }) };
  const good = [`${TRAILER}:a\r\n`, `${TRAILER}: a \r\n`, `X-Amz-Checksum-CRC32:a\r\n`, `${TRAILER}:a\n\r\n`];
  for (const lines of good) {
    const { trailers } = await decode(cut(Buffer.from(`0\r\n${lines}\r\n`), []), { ...options, trailers: new Map() });
    assert.deepEqual([...trailers], [[TRAILER, 'a']]);
  }
  const bad = [
    '',
    'no colon\r\n',
    ': a\r\n',
    `${TRAILER} :a\r\n`,
    'x-amz-meta-a:b\r\n',
    `${TRAILER}:a\r\n${TRAILER}:b\r\n`,
    `${TRAILER}:a\r\nx-amz-trailer-signature:${SEED}\r\n`,
    `${'x:y\r\n'.repeat(20)}`,
  ];
  for (const lines of bad) {
    const body = cut(Buffer.from(`0\r\n${lines}\r\n`), []);
    await fails(body, { ...options, trailers: new Map() }, 'MalformedTrailerError', 400);
  }
  const long = cut(Buffer.from(`0\r\n${TRAILER}:${'a'.repeat(9000)}\r\n\r\n`), []);
  await fails(long, { ...options, trailers: new Map() }, 'IncompleteBody', 400);
});

test('a signed body whose trailer is not signed, or by another', async () => {
  const sample: Sample = { chunks: [Buffer.from('hello')], signed: true, trailers: { [TRAILER]: 'NhCmhg==' } };
  const text = encode(sample).toString('latin1');
  const unsigned = text.replace(/x-amz-trailer-signature:.*\r\n/, '');
  const forged = text.replace('NhCmhg==', 'AAAAAA==');
  for (const body of [unsigned, forged]) {
    await fails(cut(Buffer.from(body, 'latin1'), []), optionsOf(sample), 'SignatureDoesNotMatch', 403);
  }
});

test('the source is read no faster than the decoded bytes are taken, and let go when they are not wanted', async () => {
  let pulled = 0;
  let closed = false;
  async function* source(): AsyncGenerator<Uint8Array> {
    try {
      yield Buffer.from(`${(65536).toString(16)}\r\n`);
      for (; pulled < 64; pulled++) yield Buffer.alloc(1024);
    } finally {
      closed = true;
    }
  }
  const decoded = decodeChunked(source(), {
    decodedLength: 65536,
    verifier: undefined,
    announced: [],
    trailers: new Map(),
  });
  await decoded.next();
  await decoded.next();
  assert.ok(pulled <= 2, `pulled ${pulled}`);
  await decoded.return();
  assert.ok(closed);
});

test('x-amz-content-sha256 names the mode; other values name none', () => {
  assert.deepEqual(payloadMode(undefined), { kind: 'unsigned' });
  assert.deepEqual(payloadMode('UNSIGNED-PAYLOAD'), { kind: 'unsigned' });
  assert.deepEqual(payloadMode('STREAMING-UNSIGNED-PAYLOAD-TRAILER'), {
    kind: 'chunked',
    signed: false,
    trailer: true,
  });
  assert.deepEqual(payloadMode('STREAMING-AWS4-HMAC-SHA256-PAYLOAD'), {
    kind: 'chunked',
    signed: true,
    trailer: false,
  });
  assert.deepEqual(payloadMode('STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER'), {
    kind: 'chunked',
    signed: true,
    trailer: true,
  });
  assert.deepEqual(payloadMode('AB'.repeat(32)), { kind: 'hashed', sha256: 'ab'.repeat(32) });
  for (const bad of ['', 'x', 'unsigned-payload', 'a'.repeat(63), `${'a'.repeat(64)}\n`])
    assert.equal(payloadMode(bad), undefined);
});

function optionsOf({ chunks: parts, signed, trailers }: Sample): ChunkedOptions {
  return {
    decodedLength: parts.reduce((sum, part) => sum + part.length, 0),
    verifier: signed ? chain() : undefined,
    announced: trailers === undefined ? undefined : Object.keys(trailers),
    trailers: new Map(),
  };
}

/** A chain of signatures of our own: this folder does not know Signature Version 4. */
function chain(): ChunkVerifier {
  const next = signer();
  return {
    verifyChunk: (sha256, signature) => next(`chunk ${sha256}`) === signature,
    verifyTrailer: (sha256, signature) => next(`trailer ${sha256}`) === signature,
  };
}

function signer(): (text: string) => string {
  let previous = SEED;
  return (text) => (previous = createHmac('sha256', 'key').update(previous).update(text).digest('hex'));
}

function encode({ chunks: parts, signed, trailers }: Sample): Buffer {
  const next = signer();
  const pieces: Uint8Array[] = [];
  for (const part of [...parts, Buffer.alloc(0)]) {
    const extension = signed ? `;chunk-signature=${next(`chunk ${hash('sha256', part, 'hex')}`)}` : '';
    pieces.push(Buffer.from(`${part.length.toString(16)}${extension}\r\n`));
    if (part.length > 0) pieces.push(part, Buffer.from('\r\n'));
  }
  const lines = Object.entries(trailers ?? {}).map(([name, value]) => `${name}:${value}`);
  const canonical = lines.map((line) => `${line}\n`).join('');
  if (signed && trailers !== undefined) {
    lines.push(`x-amz-trailer-signature:${next(`trailer ${hash('sha256', canonical, 'hex')}`)}`);
  }
  pieces.push(Buffer.from(`${lines.map((line) => `${line}\r\n`).join('')}\r\n`));
  return Buffer.concat(pieces);
}

async function* cut(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  let from = 0;
  for (const to of [...cuts.filter((each) => each < bytes.length).sort((a, b) => a - b), bytes.length]) {
    yield bytes.subarray(from, to);
    from = to;
  }
}

async function decode(
  body: AsyncIterable<Uint8Array>,
  options: ChunkedOptions,
): Promise<{ readonly bytes: Buffer; readonly trailers: ReadonlyMap<string, string> }> {
  const pieces: Uint8Array[] = [];
  for await (const bytes of decodeChunked(body, options)) pieces.push(bytes);
  return { bytes: Buffer.concat(pieces), trailers: options.trailers };
}

async function fails(
  body: AsyncIterable<Uint8Array>,
  options: ChunkedOptions,
  code: string,
  status: number,
): Promise<ServiceError> {
  const error: unknown = await decode(body, options).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ServiceError, String(error));
  assert.equal(`${error.code} ${error.status}`, `${code} ${status}`);
  return error;
}
