/** Uploads that are not what their head promised: refused, and no object, no part and no file is left. */
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { after, afterEach, before, test } from 'node:test';
import { chunkedUpload, type ChunkedUpload, type ChunkedUploadOptions } from './chunked-upload.ts';
import { exchange, head, openConnection, type Answer } from './connection.ts';
import {
  assertUnharmed,
  auditLines,
  hostOf,
  notThere,
  refused,
  s3,
  s3Head,
  s3Headers,
  startTarget,
  storedFiles,
  succeeded,
  text,
  type Target,
} from './target.ts';

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your key and signing method.';
const ENDED = 'The request body terminated unexpectedly';
const KEPT = 'the bytes that were there before';
const CHUNK = 'c'.repeat(8192);
let target: Target;
let uploadId: string;
let files: readonly string[];

before(async () => {
  target = await startTarget();
  succeeded(await s3(target, 'PUT', '/bodies'));
  succeeded(await s3(target, 'PUT', '/bodies/kept', { body: KEPT }));
  uploadId = text(succeeded(await s3(target, 'POST', '/bodies/parts?uploads=')), 'UploadId') ?? '';
  files = storedFiles(target);
});
afterEach(assertNothingStored);
after(async () => {
  await assertUnharmed(target);
  await target.dispose();
});

/** What was there is there as it was; nothing else is, not even a file under way. */
async function assertNothingStored(): Promise<void> {
  assert.equal(succeeded(await s3(target, 'GET', '/bodies/kept')).body, KEPT);
  const listed = succeeded(await s3(target, 'GET', '/bodies?list-type=2'));
  assert.deepEqual(
    [...listed.body.matchAll(/<Key>([^<]*)/g)].map(([, key]) => key),
    ['kept'],
  );
  const parts = succeeded(await s3(target, 'GET', `/bodies/parts?uploadId=${uploadId}`));
  assert.doesNotMatch(parts.body, /<Part>/);
  await settled();
  assert.deepEqual(storedFiles(target), files);
}

/** A refused upload's file goes while its client may already be gone: give it a moment. */
async function settled(): Promise<void> {
  for (let wait = 0; wait < 100 && storedFiles(target).length !== files.length; wait++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The three ways in which an upload can go wrong: a new object, over another one, a part. */
function places(): readonly string[] {
  return ['/bodies/new', '/bodies/kept', `/bodies/parts?partNumber=1&uploadId=${uploadId}`];
}

type Change = (upload: ChunkedUpload) => ChunkedUpload;

/** Sends the upload of `chunks` to every place, with something changed. */
async function sendChunked(
  chunks: readonly string[],
  options: ChunkedUploadOptions,
  change: Change,
  check: (answer: Answer) => void,
): Promise<void> {
  for (const place of places()) {
    const { headers, pieces } = change(chunkedUpload(target, place, chunks, options));
    const length = pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0);
    const all = { ...headers, 'content-length': String(length) };
    check(await exchange(target.url, head('PUT', place, all), ...pieces));
  }
}

/** Replaces the first match in a piece, counted from the end when negative. */
function inPiece(index: number, from: string | RegExp, to: string | ((found: string) => string)): Change {
  return ({ headers, pieces }) => ({
    headers,
    pieces: pieces.map((piece, at) => {
      if (at !== (index < 0 ? pieces.length + index : index)) return piece;
      const changed = typeof to === 'string' ? piece.replace(from, to) : piece.replace(from, to);
      assert.notEqual(changed, piece);
      return changed;
    }),
  });
}

const otherDigit = (found: string): string => found.slice(0, -1) + (found.endsWith('0') ? '1' : '0');

test('plain bodies: another hash, another length, another MD5, another checksum', async () => {
  for (const place of places()) {
    const put = (options: Parameters<typeof s3>[3]): Promise<Answer> => s3(target, 'PUT', place, options);
    const wrongHash = await put({ body: 'body', payload: hash('sha256', 'other', 'hex') });
    refused(
      target,
      wrongHash,
      400,
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
    const wrongMd5 = await put({ body: 'body', headers: { 'content-md5': hash('md5', 'other', 'base64') } });
    refused(target, wrongMd5, 400, 'BadDigest', 'The Content-MD5 you specified did not match what we received.');
    for (const md5 of ['', 'x', '!!!!', 'AAAA', hash('md5', 'body', 'hex')]) {
      const invalid = await put({ body: 'body', headers: { 'content-md5': md5 } });
      refused(target, invalid, 400, 'InvalidDigest', 'The Content-MD5 you specified was invalid.');
    }
    const wrongCrc = await put({ body: 'body', headers: { 'x-amz-checksum-crc32': 'AAAAAA==' } });
    refused(target, wrongCrc, 400, 'BadDigest', 'The CRC32 you specified did not match the calculated checksum.');
    for (const value of ['', 'AAAA', 'no base64', 'AAAAAAAAAAA=']) {
      const invalid = await put({ body: 'body', headers: { 'x-amz-checksum-crc32': value } });
      refused(target, invalid, 400, 'InvalidRequest', 'Value for x-amz-checksum-crc32 header is invalid.');
    }
    const two = await put({
      body: 'body',
      headers: { 'x-amz-checksum-crc32': 'AAAAAA==', 'x-amz-checksum-sha1': 'AAAAAA==' },
    });
    refused(target, two, 400, 'InvalidRequest', /^Expecting a single x-amz-checksum- header/);
    for (const payload of ['', 'x', 'UNSIGNED', 'STREAMING-UNSIGNED-PAYLOAD', 'A'.repeat(63)]) {
      refused(target, await put({ body: 'body', payload }), 400, 'InvalidArgument', /^x-amz-content-sha256 must be /);
    }
  }
});

test('chunked bodies: the right ones are taken', async () => {
  // Of its own, since the bytes of replaced objects stay on the disk for a while.
  const other = await startTarget();
  try {
    succeeded(await s3(other, 'PUT', '/right'));
    const checksum = ['x-amz-checksum-sha256', hash('sha256', `${CHUNK}${CHUNK}end`, 'base64')] as const;
    const rows: readonly ChunkedUploadOptions[] = [
      { signed: true },
      { signed: true, trailer: checksum },
      { signed: false, trailer: checksum },
    ];
    for (const options of rows) {
      const { headers, pieces } = chunkedUpload(other, '/right/key', [CHUNK, CHUNK, 'end'], options);
      succeeded(await exchange(other.url, head('PUT', '/right/key', headers), ...pieces));
      assert.equal(succeeded(await s3(other, 'GET', '/right/key')).body, `${CHUNK}${CHUNK}end`);
    }
  } finally {
    await other.dispose();
  }
});

test('signed chunks: every signature, every byte and the order count', async () => {
  const check = (answer: Answer): void => void refused(target, answer, 403, 'SignatureDoesNotMatch', MISMATCH);
  const signature = /chunk-signature=[0-9a-f]{64}/;
  const chunks = [CHUNK, `d${CHUNK}`, 'end'];
  await sendChunked(chunks, { signed: true }, inPiece(0, signature, otherDigit), check);
  await sendChunked(chunks, { signed: true }, inPiece(1, signature, otherDigit), check);
  await sendChunked(chunks, { signed: true }, inPiece(-1, signature, otherDigit), check);
  await sendChunked(chunks, { signed: true }, inPiece(1, 'dccc', 'dcdc'), check);
  const swapped: Change = ({ headers, pieces }) => ({
    headers,
    pieces: [pieces[1] ?? '', pieces[0] ?? '', ...pieces.slice(2)],
  });
  await sendChunked(chunks, { signed: true }, swapped, check);
  const trailer = ['x-amz-checksum-sha256', hash('sha256', chunks.join(''), 'base64')] as const;
  await sendChunked(
    chunks,
    { signed: true, trailer },
    inPiece(-1, /trailer-signature:[0-9a-f]{64}/, otherDigit),
    check,
  );
  await sendChunked(chunks, { signed: true, trailer }, inPiece(-1, /x-amz-trailer-signature:.*\r\n/, ''), check);
});

test('trailers: a wrong checksum, one that is no checksum, another name, none, one too many', async () => {
  const trailer = ['x-amz-checksum-sha256', hash('sha256', 'body', 'base64')] as const;
  const send = (value: readonly [string, string], change: Change, status: number, code: string): Promise<void> =>
    sendChunked(
      ['body'],
      { signed: false, trailer: value },
      change,
      (answer) => void refused(target, answer, status, code, /./),
    );
  const asIs: Change = (upload) => upload;
  await send([trailer[0], hash('sha256', 'other', 'base64')], asIs, 400, 'BadDigest');
  await send([trailer[0], 'AAAA'], asIs, 400, 'InvalidRequest');
  await send(trailer, inPiece(-1, 'x-amz-checksum-sha256', 'x-amz-checksum-sha1'), 400, 'MalformedTrailerError');
  await send(trailer, inPiece(-1, /x-amz-checksum-sha256:.*\r\n/, ''), 400, 'MalformedTrailerError');
  await send(trailer, inPiece(-1, /\r\n\r\n$/, '\r\nx-other:1\r\n\r\n'), 400, 'MalformedTrailerError');
  await send(trailer, inPiece(-1, /x-amz-checksum-sha256:/, 'no header at all '), 400, 'MalformedTrailerError');
});

test('framing: lengths that lie, sizes that are none, chunks too small, bytes after the end', async () => {
  const incomplete = (answer: Answer): void => void refused(target, answer, 400, 'IncompleteBody', /./);
  const trailer = ['x-amz-checksum-sha256', hash('sha256', `${CHUNK}end`, 'base64')] as const;
  const chunks = [CHUNK, 'end'];
  for (const signed of [true, false]) {
    const options = { signed, trailer };
    await sendChunked(chunks, { ...options, decodedLength: '8194' }, (upload) => upload, incomplete);
    await sendChunked(chunks, { ...options, decodedLength: '8196' }, (upload) => upload, incomplete);
    await sendChunked(chunks, { ...options, decodedLength: '0' }, (upload) => upload, incomplete);
    await sendChunked(chunks, options, inPiece(0, /^2000/, '1fff'), incomplete);
    await sendChunked(chunks, options, inPiece(0, /^2000/, 'ffffffffffffffff'), incomplete);
    await sendChunked(chunks, options, inPiece(0, /^2000/, '-1'), incomplete);
    await sendChunked(chunks, options, inPiece(0, /^2000/, 'zz'), incomplete);
    await sendChunked(chunks, options, inPiece(0, /^2000/, '0'.repeat(4096)), incomplete);
    await sendChunked(chunks, options, inPiece(-1, /\r\n\r\n$/, '\r\n\r\nmore'), incomplete);
    await sendChunked(chunks, options, ({ headers, pieces }) => ({ headers, pieces: pieces.slice(0, -1) }), incomplete);
    await sendChunked(chunks, options, ({ headers }) => ({ headers, pieces: [] }), incomplete);
    await sendChunked(chunks, options, ({ headers }) => ({ headers, pieces: ['\r\n'.repeat(5000)] }), incomplete);
    const small = (answer: Answer): void => void refused(target, answer, 403, 'InvalidChunkSizeError', /8192/);
    await sendChunked(
      ['tiny', 'end'],
      { signed, trailer: [trailer[0], hash('sha256', 'tinyend', 'base64')] },
      (upload) => upload,
      small,
    );
  }
  for (const decodedLength of ['', 'x', '-1', '1e3', '99999999999999999999']) {
    await sendChunked(
      chunks,
      { signed: true, decodedLength },
      (upload) => upload,
      (answer) => {
        assert.equal(answer.status, 400, answer.body);
      },
    );
  }
});

test('a body whose length nobody says is 411; one that says too much is refused unread', async () => {
  for (const place of places()) {
    const chunked = await exchange(
      target.url,
      head('PUT', place, {
        ...s3Headers(target, 'PUT', place, { payload: 'UNSIGNED-PAYLOAD' }),
        'transfer-encoding': 'chunked',
      }),
      '4\r\nbody\r\n0\r\n\r\n',
    );
    refused(target, chunked, 411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.');
    const huge = await exchange(
      target.url,
      s3Head(target, 'PUT', place, {
        payload: 'UNSIGNED-PAYLOAD',
        headers: { 'content-length': String(6 * 1024 ** 3) },
      }),
    );
    refused(target, huge, 400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
  }
});

test('HTTP chunks that are none end the call', async () => {
  for (const place of places()) {
    const upload = chunkedUpload(target, place, ['body'], { signed: true });
    const { 'content-length': _, ...headers } = upload.headers;
    const answer = await exchange(
      target.url,
      head('PUT', place, { ...headers, 'transfer-encoding': 'chunked' }),
      '5\r\n4;chu\r\nXYZ\r\n',
    );
    assert.equal(answer.status, 400);
  }
});

test('a client that goes away in the middle leaves nothing, and a line in the audit log', async () => {
  const body = 'b'.repeat(300_000);
  const before = auditLines(target).length;
  for (const place of places()) {
    for (const payload of ['UNSIGNED-PAYLOAD', hash('sha256', body, 'hex')]) {
      const connection = await openConnection(target.url);
      await connection.send(
        s3Head(target, 'PUT', place, { payload, headers: { 'content-length': String(body.length) } }),
      );
      await connection.send(body.slice(0, 200_000));
      await new Promise((resolve) => setTimeout(resolve, 30));
      connection.cut();
    }
    const { headers, pieces } = chunkedUpload(target, place, [CHUNK, CHUNK], { signed: true });
    const connection = await openConnection(target.url);
    await connection.send(head('PUT', place, headers));
    await connection.send(pieces[0] ?? '');
    // Half-closed: the client could still read an answer, but its body has ended too early.
    connection.socket.end();
    await connection.ended;
    connection.cut();
  }
  const lines = async (): Promise<readonly string[]> => {
    const found = auditLines(target)
      .slice(before)
      .filter(({ errorCode }) => errorCode === 'IncompleteBody');
    if (found.length < 9) await new Promise((resolve) => setTimeout(resolve, 50));
    return found.map(({ errorMessage }) => errorMessage ?? '');
  };
  let found = await lines();
  for (let tries = 0; tries < 100 && found.length < 9; tries++) found = await lines();
  assert.deepEqual(new Set(found), new Set([ENDED]));
  assert.equal(found.length, 9);
});

test('anonymous uploads and signed chunks without a signature', async () => {
  const anonymous = { host: hostOf(target), 'content-length': '4' };
  refused(target, await exchange(target.url, head('PUT', '/bodies/new', anonymous), 'body'), 403, 'AccessDenied', /./);
  const chunked = {
    host: hostOf(target),
    'content-length': '4',
    'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
    'x-amz-decoded-content-length': '4',
  };
  const answer = await exchange(target.url, head('PUT', '/bodies/new', chunked), 'body');
  assert.ok(answer.status === 400 || answer.status === 403, answer.body);
});

test('conditions, keys and parts that cannot be', async () => {
  const put = (place: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
    s3(target, 'PUT', place, { body: 'body', headers });
  assert.equal((await put('/bodies/kept', { 'if-none-match': '*' })).status, 412);
  assert.equal((await put('/bodies/kept', { 'if-match': '"00000000000000000000000000000000"' })).status, 412);
  notThere(await put('/bodies/new', { 'if-match': '"00000000000000000000000000000000"' }), 'NoSuchKey');
  notThere(await put('/bodies-not-there/new'), 'NoSuchBucket');
  refused(target, await put(`/bodies/${'k'.repeat(1025)}`), 400, 'KeyTooLongError', /./);
  refused(target, await put('/bodies/%ff'), 400, 'InvalidURI', /./);
  for (const part of ['0', '10001', '-1', 'x', '1.5']) {
    const answer = await put(`/bodies/parts?partNumber=${part}&uploadId=${uploadId}`);
    refused(target, answer, 400, 'InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive');
  }
  notThere(await put('/bodies/parts?partNumber=1&uploadId=none'), 'NoSuchUpload');
  notThere(await put(`/bodies/others?partNumber=1&uploadId=${uploadId}`), 'NoSuchUpload');
});
