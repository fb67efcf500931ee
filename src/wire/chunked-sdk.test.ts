/** The bytes that the AWS SDK for JavaScript really sends, over a real socket: verified, decoded, compared. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { Readable } from 'node:stream';
import { after, before, test } from 'node:test';
import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { checkScope } from '../credentials/signature-v4/check-scope.ts';
import { chunkSignatures } from '../credentials/signature-v4/chunk-signature.ts';
import { parseSignature } from '../credentials/signature-v4/parse-signature.ts';
import { makeSigningKeyCache } from '../credentials/signature-v4/signing-key.ts';
import { verifySignature } from '../credentials/signature-v4/verify-signature.ts';
import { exactLength, expectSha256 } from './checksums-body.ts';
import type { Body } from './body.ts';
import { CHECKSUM_ALGORITHMS, checksum, checksumHeader } from './checksums.ts';
import type { ChecksumAlgorithm } from './checksums.ts';
import { payloadMode } from './chunked-mode.ts';
import { decodeChunked } from './chunked.ts';

const CREDENTIALS = { accessKeyId: 'ASIAQWERTYUIOPASDFGH', secretAccessKey: 'a/secret+', sessionToken: 'a/token+==' };
const cache = makeSigningKeyCache(10);

/** What the server made of the last request. */
interface Seen {
  readonly contentSha256: string | undefined;
  readonly outcome: string;
  readonly bytes: Buffer;
  /** Headers, trailers included. */
  readonly fields: ReadonlyMap<string, string>;
}

let server: Server;
let endpoint = '';
let seen: Seen | undefined;

before(async () => {
  server = createServer((request, response) => {
    receive(request).then(
      (received) => {
        seen = received;
        response.setHeader('ETag', '"x"');
        response.end(request.url?.includes('list-type') ? '<ListBucketResult/>' : undefined);
      },
      (error: unknown) => {
        seen = { contentSha256: undefined, outcome: String(error), bytes: Buffer.alloc(0), fields: new Map() };
        response.writeHead(400).end();
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  endpoint = `http://127.0.0.1:${address.port}`;
});

after(() => {
  server.closeAllConnections();
  server.close();
});

const BYTES = Buffer.alloc(200_000, 'sojourn ');

for (const algorithm of [undefined, ...CHECKSUM_ALGORITHMS]) {
  test(`a stream is sent in chunks with its ${algorithm ?? 'default'} checksum behind it`, async () => {
    const result = await put({ Body: Readable.from(pieces(BYTES)), ContentLength: BYTES.length }, algorithm);
    assert.equal(result.outcome, 'verified');
    assert.equal(result.contentSha256, 'STREAMING-UNSIGNED-PAYLOAD-TRAILER');
    assert.ok(result.bytes.equals(BYTES));
    assert.equal(result.fields.get(checksumHeader(algorithm ?? 'CRC32')), valueOf(algorithm ?? 'CRC32', BYTES));
  });

  test(`a buffer is sent whole with its ${algorithm ?? 'default'} checksum in the header`, async () => {
    const result = await put({ Body: BYTES }, algorithm);
    assert.equal(result.outcome, 'verified');
    assert.ok(result.bytes.equals(BYTES));
    assert.equal(result.fields.get(checksumHeader(algorithm ?? 'CRC32')), valueOf(algorithm ?? 'CRC32', BYTES));
  });
}

test('an empty body', async () => {
  const result = await put({ Body: Buffer.alloc(0) }, undefined);
  assert.deepEqual([result.outcome, result.bytes.length], ['verified', 0]);
});

test('keys of every kind, and headers that need folding', async () => {
  const keys = ['a b', 'a+b', 'ü/é', '~', "(x)*'!", 'a//b', 'a/../b', '%2F', 'q?x=y', '日本', '100%', '.', 'a;b=c&d'];
  for (const Key of keys) {
    await client().send(new PutObjectCommand({ Bucket: 'b', Key, Body: 'x', Metadata: { a: '  two  blanks ' } }));
    assert.equal(seen?.outcome, 'verified', Key);
    await client().send(new GetObjectCommand({ Bucket: 'b', Key, ResponseContentType: 'text/plain; charset=utf-8' }));
    assert.equal(seen?.outcome, 'verified', Key);
  }
});

test('query parameters with blanks and signs', async () => {
  await client().send(new ListObjectsV2Command({ Bucket: 'b', Prefix: 'a b+c/ü', Delimiter: '/', StartAfter: "'*'" }));
  assert.equal(seen?.outcome, 'verified');
});

test('a part of an upload, streamed', async () => {
  const command = new UploadPartCommand({
    Bucket: 'b',
    Key: 'k',
    PartNumber: 2,
    UploadId: 'id+/=',
    Body: Readable.from(pieces(BYTES)),
    ContentLength: BYTES.length,
  });
  await client().send(command);
  assert.deepEqual([seen?.outcome, seen?.bytes.equals(BYTES)], ['verified', true]);
});

test('another secret is not verified', async () => {
  const wrong = client({ ...CREDENTIALS, secretAccessKey: 'another' });
  await wrong.send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: 'x' }));
  assert.equal(seen?.outcome, 'mismatch');
});

function client(credentials = CREDENTIALS): S3Client {
  return new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials, maxAttempts: 1 });
}

async function put(
  input: { readonly Body: Readable | Buffer; readonly ContentLength?: number },
  algorithm: ChecksumAlgorithm | undefined,
): Promise<Seen> {
  const chosen = algorithm === undefined ? {} : { ChecksumAlgorithm: algorithm };
  await client().send(new PutObjectCommand({ Bucket: 'b', Key: 'k', ...input, ...chosen }));
  assert.ok(seen);
  return seen;
}

function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

function valueOf(algorithm: ChecksumAlgorithm, bytes: Uint8Array): string {
  const running = checksum(algorithm);
  running.update(bytes);
  return running.digestBase64();
}

async function receive(message: IncomingMessage): Promise<Seen> {
  const [rawPath = '', rawQuery = ''] = (message.url ?? '').split('?');
  const request = {
    method: message.method ?? '',
    rawPath,
    rawQuery,
    headers: message.headersDistinct,
    payloadHash: undefined,
  };
  const parsed = parseSignature(request);
  assert.ok(parsed.kind === 'signature', parsed.kind);
  assert.equal(parsed.sessionToken, CREDENTIALS.sessionToken);
  assert.equal(checkScope(parsed, { service: 's3', region: 'us-east-1', now: Date.now() }), undefined);
  const result = verifySignature(parsed, request, CREDENTIALS.secretAccessKey, cache);
  const fields = new Map(
    Object.entries(message.headersDistinct).map(([name, values]) => [name, (values ?? []).join()]),
  );
  const chain = result.kind === 'verified' ? chunkSignatures(result) : undefined;
  const collected: Uint8Array[] = [];
  for await (const bytes of guarded(message, fields, chain)) collected.push(bytes);
  const contentSha256 = fields.get('x-amz-content-sha256');
  return { contentSha256, outcome: result.kind, bytes: Buffer.concat(collected), fields };
}

function guarded(
  body: Body,
  fields: Map<string, string>,
  verifier: ReturnType<typeof chunkSignatures> | undefined,
): Body {
  const mode = payloadMode(fields.get('x-amz-content-sha256'));
  assert.ok(mode);
  const whole = exactLength(
    body,
    Number(fields.get('content-length') ?? fields.get('x-amz-decoded-content-length') ?? 0),
  );
  if (mode.kind === 'hashed') return expectSha256(whole, mode.sha256);
  if (mode.kind === 'unsigned') return whole;
  return decodeChunked(body, {
    decodedLength: Number(fields.get('x-amz-decoded-content-length')),
    verifier: mode.signed ? verifier : undefined,
    announced: mode.trailer ? (fields.get('x-amz-trailer') ?? '').split(',') : undefined,
    trailers: fields,
  });
}
