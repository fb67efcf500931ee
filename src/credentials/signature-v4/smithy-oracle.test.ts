/** The AWS SDK's own signer as the oracle: what it signs we verify, and what we sign is what it signs. */
import assert from 'node:assert/strict';
import { createHash, createHmac, hash } from 'node:crypto';
import type { Hash, Hmac } from 'node:crypto';
import { test } from 'node:test';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { checkScope } from './check-scope.ts';
import { parseSignature } from './parse-signature.ts';
import { presignRequest, signRequest } from './sign-request.ts';
import { makeSigningKeyCache } from './signing-key.ts';
import type { SignedRequest } from './signed-request.ts';
import { verifySignature } from './verify-signature.ts';

const NOW = Date.UTC(2026, 8, 11, 11, 48, 26);
const REGION = 'eu-central-1';
const CREDENTIALS = {
  accessKeyId: 'ASIAQWERTYUIOPASDFGH',
  secretAccessKey: 'secret/with+signs',
  sessionToken: 'token+with/signs==',
};
const cache = makeSigningKeyCache(10);

/** The hash that the SDK wants to be given. */
class Sha256 {
  readonly #hash: Hash | Hmac;

  constructor(key?: ArrayBuffer | ArrayBufferView | string) {
    this.#hash = key === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(key));
  }

  update(bytes: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytesOf(bytes));
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }

  reset(): void {}
}

interface Sample {
  readonly method: string;
  readonly segments: readonly string[];
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const word = fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.toWellFormed());
const value = fc.stringMatching(/^[\x21-\x7e]([\x20-\x7e\t]{0,20}[\x21-\x7e])?$/);
const samples: fc.Arbitrary<Sample> = fc.record({
  method: fc.constantFrom('GET', 'PUT', 'POST', 'HEAD', 'DELETE'),
  segments: fc.array(fc.oneof(word, fc.constantFrom('', '.', '..', '~', 'a b', '%2F', '+')), { maxLength: 5 }),
  query: fc.dictionary(
    // The SDK drops a parameter named `__proto__`.
    word.filter((name) => name !== '' && name !== '__proto__' && !name.startsWith('X-Amz-')),
    fc.oneof(word, fc.array(word, { minLength: 1, maxLength: 3 })),
    { maxKeys: 4, noNullPrototype: true },
  ),
  headers: fc.dictionary(fc.stringMatching(/^x-(amz-meta|other)-[a-z0-9]{1,6}$/), value, {
    maxKeys: 4,
    noNullPrototype: true,
  }),
  body: fc.string({ maxLength: 40 }),
});

for (const service of ['s3', 'sts']) {
  test(`${service}: what the SDK signs in headers verifies; anything else does not`, async () => {
    await fc.assert(
      fc.asyncProperty(samples, async (sample) => {
        const signed = await signer(service).sign(smithyRequest(sample), { signingDate: new Date(NOW) });
        const request = received(sample, signed.headers, queryText(sample), service);
        assert.equal(outcome(request, service), 'verified');
        assert.equal(outcome({ ...request, rawPath: `${request.rawPath}x` }, service), 'mismatch');
        assert.equal(outcome({ ...request, rawQuery: `${request.rawQuery}&x=y` }, service), 'mismatch');
        assert.equal(
          outcome({ ...request, headers: { ...request.headers, host: ['evil.test'] } }, service),
          'mismatch',
        );
      }),
      { numRuns: 100 },
    );
  });

  test(`${service}: what the SDK presigns verifies; anything else does not`, async () => {
    await fc.assert(
      fc.asyncProperty(samples, async (sample) => {
        // As the SDK's S3 presigner does: the word moves into the query, and stands for the body.
        const bare = { ...sample, headers: service === 's3' ? { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } : {} };
        const presigned = await signer(service).presign(smithyRequest(bare), {
          signingDate: new Date(NOW),
          expiresIn: 60,
        });
        const rawQuery = queryText({ ...bare, query: clean(presigned.query ?? {}) });
        const request = received(bare, presigned.headers, rawQuery, service);
        assert.equal(outcome(request, service), 'verified');
        assert.equal(outcome({ ...request, method: 'PATCH' }, service), 'mismatch');
        assert.equal(
          outcome({ ...request, rawQuery: rawQuery.replace('Expires=60', 'Expires=61') }, service),
          'mismatch',
        );
      }),
      { numRuns: 100 },
    );
  });

  test(`${service}: our signature is the SDK's, in headers and in the query`, async () => {
    await fc.assert(
      fc.asyncProperty(samples, async (sample) => {
        const theirs = await signer(service).sign(smithyRequest(sample), { signingDate: new Date(NOW) });
        const bare = received(sample, { host: 'service.test', ...sample.headers }, queryText(sample), service);
        const payloadHash = hash('sha256', sample.body, 'hex');
        const ours = signRequest({ ...bare, payloadHash }, CREDENTIALS, { service, region: REGION, now: NOW });
        assert.equal(ours['authorization'], theirs.headers['authorization']);
        const rawQuery = presignRequest({ ...bare, payloadHash: presignedHash(service, sample) }, CREDENTIALS, {
          service,
          region: REGION,
          now: NOW,
          expires: 60,
        });
        const request = { ...bare, rawQuery, payloadHash: service === 's3' ? undefined : payloadHash };
        assert.equal(outcome(request, service), 'verified');
      }),
      { numRuns: 100 },
    );
  });
}

function signer(service: string): SignatureV4 {
  return new SignatureV4({
    service,
    region: REGION,
    credentials: CREDENTIALS,
    sha256: Sha256,
    uriEscapePath: service !== 's3',
    applyChecksum: service === 's3',
  });
}

function smithyRequest(sample: Sample) {
  return {
    method: sample.method,
    protocol: 'https:',
    hostname: 'service.test',
    path: pathText(sample),
    query: Object.fromEntries(Object.entries(sample.query).map(([k, v]) => [k, typeof v === 'string' ? v : [...v]])),
    headers: { host: 'service.test', ...sample.headers },
    body: sample.body,
  };
}

/** The request as a server gets it: one byte a character, headers in lists. */
function received(
  sample: Sample,
  headers: Readonly<Record<string, string>>,
  rawQuery: string,
  service: string,
): SignedRequest {
  return {
    method: sample.method,
    rawPath: pathText(sample),
    rawQuery,
    headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name.toLowerCase(), [text]])),
    payloadHash: service === 's3' ? undefined : hash('sha256', sample.body, 'hex'),
  };
}

function outcome(request: SignedRequest, service: string): string {
  const parsed = parseSignature(request);
  if (parsed.kind !== 'signature') return parsed.kind;
  assert.equal(parsed.sessionToken, CREDENTIALS.sessionToken);
  assert.equal(checkScope(parsed, { service, region: REGION, now: NOW }), undefined);
  return verifySignature(parsed, request, CREDENTIALS.secretAccessKey, cache).kind;
}

/** S3 presigns `UNSIGNED-PAYLOAD`, everyone else the body. */
function presignedHash(service: string, sample: Sample): string {
  return service === 's3' ? 'UNSIGNED-PAYLOAD' : hash('sha256', sample.body, 'hex');
}

function pathText({ segments }: Sample): string {
  return `/${segments.map(encode).join('/')}`;
}

function queryText({ query }: Sample): string {
  return Object.entries(query)
    .flatMap(([name, values]) => [values].flat().map((text) => `${encode(name)}=${encode(text)}`))
    .join('&');
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function clean(
  query: Readonly<Record<string, string | readonly string[] | null>>,
): Record<string, string | readonly string[]> {
  return Object.fromEntries(Object.entries(query).map(([name, values]) => [name, values ?? '']));
}

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data) ? Buffer.from(data.buffer, data.byteOffset, data.byteLength) : Buffer.from(data);
}
