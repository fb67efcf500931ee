/** Signatures that AWS has published: the examples of its S3 and IAM guides, and the Signature Version 4 test suite. */
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { test } from 'node:test';
import { chunkSignatures } from './chunk-signature.ts';
import { parseSignature } from './parse-signature.ts';
import { makeSigningKeyCache } from './signing-key.ts';
import type { SignedRequest } from './signed-request.ts';
import { verifySignature } from './verify-signature.ts';
import type { Verified } from './verify-signature.ts';

const GUIDE_KEY = 'AKIAIOSFODNN7EXAMPLE';
const GUIDE_SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const SUITE_KEY = 'AKIDEXAMPLE';
const SUITE_SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const EMPTY = hash('sha256', '', 'hex');
const cache = makeSigningKeyCache(100);

interface Vector {
  readonly name: string;
  readonly method?: string;
  readonly path: string;
  readonly query?: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly signature: string;
  /** Of the body, where the header does not say it. */
  readonly body?: string;
}

const S3_DATE = '20130524T000000Z';
const S3_HOST = 'examplebucket.s3.amazonaws.com';

const GUIDE: readonly Vector[] = [
  {
    name: 'GET Object with a range',
    path: '/test.txt',
    headers: { host: S3_HOST, range: 'bytes=0-9', 'x-amz-content-sha256': EMPTY, 'x-amz-date': S3_DATE },
    signature: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  },
  {
    name: 'PUT Object, dated by the Date header, a dollar sign in the key',
    method: 'PUT',
    path: '/test%24file.text',
    headers: {
      date: 'Fri, 24 May 2013 00:00:00 GMT',
      host: S3_HOST,
      'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
      'x-amz-date': S3_DATE,
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    },
    signature: '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  },
  {
    name: 'GET Bucket lifecycle: a parameter without a value',
    path: '/',
    query: 'lifecycle',
    headers: { host: S3_HOST, 'x-amz-content-sha256': EMPTY, 'x-amz-date': S3_DATE },
    signature: 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  },
  {
    name: 'GET Bucket (List Objects)',
    path: '/',
    query: 'max-keys=2&prefix=J',
    headers: { host: S3_HOST, 'x-amz-content-sha256': EMPTY, 'x-amz-date': S3_DATE },
    signature: '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  },
];

for (const vector of GUIDE) {
  test(`S3 guide: ${vector.name}`, () =>
    void verifies(signed(vector, GUIDE_KEY, '20130524/us-east-1/s3'), GUIDE_SECRET));
}

test('S3 guide: a presigned URL', () => {
  const request: SignedRequest = {
    method: 'GET',
    rawPath: '/test.txt',
    rawQuery:
      'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    headers: { host: [S3_HOST] },
    payloadHash: undefined,
  };
  verifies(request, GUIDE_SECRET);
});

test('S3 guide: a body in signed chunks, and one changed byte', () => {
  const chunks = [
    { text: 'a'.repeat(65536), signature: 'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648' },
    { text: 'a'.repeat(1024), signature: '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497' },
    { text: '', signature: 'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9' },
  ];
  const seed = chunkedRequest(
    'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
    { 'content-encoding': 'aws-chunked' },
    '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
  );
  const chain = chunkSignatures(verifies(seed, GUIDE_SECRET));
  for (const { text, signature } of chunks) assert.ok(chain.verifyChunk(hash('sha256', text, 'hex'), signature));
  const forged = chunkSignatures(verifies(seed, GUIDE_SECRET));
  assert.equal(forged.verifyChunk(hash('sha256', `b${'a'.repeat(65535)}`, 'hex'), chunks[0]?.signature ?? ''), false);
  const swapped = chunkSignatures(verifies(seed, GUIDE_SECRET));
  assert.equal(swapped.verifyChunk(hash('sha256', 'a'.repeat(1024), 'hex'), chunks[1]?.signature ?? ''), false);
});

test('S3 guide: signed chunks with a trailing checksum, and another checksum', () => {
  const seed = chunkedRequest(
    'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
    { 'content-encoding': 'aws-chunked', 'x-amz-trailer': 'x-amz-checksum-crc32c' },
    '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e',
  );
  const signatures = [
    'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2',
    '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7',
    '2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992',
  ];
  for (const { trailer, holds } of [
    { trailer: 'x-amz-checksum-crc32c:sOO8/Q==\n', holds: true },
    { trailer: 'x-amz-checksum-crc32c:sOO8/A==\n', holds: false },
  ]) {
    const chain = chunkSignatures(verifies(seed, GUIDE_SECRET));
    for (const [at, text] of ['a'.repeat(65536), 'a'.repeat(1024), ''].entries()) {
      assert.ok(chain.verifyChunk(hash('sha256', text, 'hex'), signatures[at] ?? ''));
    }
    const sha256 = hash('sha256', trailer, 'hex');
    assert.equal(
      chain.verifyTrailer(sha256, 'd81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435'),
      holds,
    );
  }
});

test('IAM guide: ListUsers', () => {
  const vector: Vector = {
    name: 'ListUsers',
    path: '/',
    query: 'Action=ListUsers&Version=2010-05-08',
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      host: 'iam.amazonaws.com',
      'x-amz-date': '20150830T123600Z',
    },
    signature: '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
  };
  verifies(signed(vector, SUITE_KEY, '20150830/us-east-1/iam'), SUITE_SECRET);
});

const HOST = { host: 'example.amazonaws.com', 'x-amz-date': '20150830T123600Z' };
const VANILLA = '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31';

const SUITE: readonly Vector[] = [
  { name: 'get-vanilla', path: '/', headers: HOST, signature: VANILLA },
  { name: 'get-relative', path: '/example/..', headers: HOST, signature: VANILLA },
  { name: 'get-relative-relative', path: '/example1/example2/../..', headers: HOST, signature: VANILLA },
  { name: 'get-slash', path: '//', headers: HOST, signature: VANILLA },
  { name: 'get-slash-dot-slash', path: '/./', headers: HOST, signature: VANILLA },
  {
    name: 'get-slashes',
    path: '//example//',
    headers: HOST,
    signature: '9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84',
  },
  {
    name: 'get-vanilla-query-order-key-case',
    path: '/',
    query: 'Param2=value2&Param1=value1',
    headers: HOST,
    signature: 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  },
  {
    name: 'get-space',
    path: '/example space/',
    headers: HOST,
    signature: '652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741',
  },
  {
    name: 'get-unreserved',
    path: '/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
    headers: HOST,
    signature: '07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f',
  },
  {
    name: 'get-utf8 (as Node reads such a path: a character a byte)',
    path: '/\u00e1\u0088\u00b4',
    headers: HOST,
    signature: '8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85',
  },
  {
    name: 'get-header-key-duplicate',
    path: '/',
    headers: { host: HOST.host, 'my-header1': ['value2', 'value2', 'value1'], 'x-amz-date': HOST['x-amz-date'] },
    signature: 'c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea',
  },
  {
    name: 'get-header-value-trim',
    path: '/',
    headers: {
      host: HOST.host,
      'my-header1': ' value1',
      'my-header2': ' "a   b   c"',
      'x-amz-date': HOST['x-amz-date'],
    },
    signature: 'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
  },
  {
    name: 'post-vanilla',
    method: 'POST',
    path: '/',
    headers: HOST,
    signature: '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
  },
  {
    name: 'post-x-www-form-urlencoded',
    method: 'POST',
    path: '/',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      host: HOST.host,
      'x-amz-date': HOST['x-amz-date'],
    },
    body: 'Param1=value1',
    signature: 'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
  },
];

for (const vector of SUITE) {
  test(`test suite: ${vector.name}`, () =>
    void verifies(signed(vector, SUITE_KEY, '20150830/us-east-1/service'), SUITE_SECRET));
}

function chunkedRequest(mode: string, more: Readonly<Record<string, string>>, signature: string): SignedRequest {
  const vector: Vector = {
    name: mode,
    method: 'PUT',
    path: '/examplebucket/chunkObject.txt',
    headers: {
      ...more,
      'content-length': '66824',
      host: 's3.amazonaws.com',
      'x-amz-content-sha256': mode,
      'x-amz-date': S3_DATE,
      'x-amz-decoded-content-length': '66560',
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    },
    signature,
  };
  const headers =
    mode === 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' ? vector.headers : omit(vector.headers, 'content-length');
  return signed({ ...vector, headers }, GUIDE_KEY, '20130524/us-east-1/s3');
}

function omit<T>(record: Readonly<Record<string, T>>, name: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
}

function signed(vector: Vector, keyId: string, scope: string): SignedRequest {
  const names = Object.keys(vector.headers).sort().join(';');
  const authorization = `AWS4-HMAC-SHA256 Credential=${keyId}/${scope}/aws4_request, SignedHeaders=${names}, Signature=${vector.signature}`;
  const headers = Object.entries({ ...vector.headers, authorization }).map(
    ([name, value]): [string, readonly string[]] => [name, typeof value === 'string' ? [value] : value],
  );
  return {
    method: vector.method ?? 'GET',
    rawPath: vector.path,
    rawQuery: vector.query ?? '',
    headers: Object.fromEntries(headers),
    payloadHash: hash('sha256', vector.body ?? '', 'hex'),
  };
}

/** Verifies, and does not when the request or the secret is another. */
function verifies(request: SignedRequest, secret: string): Verified {
  const parsed = parseSignature(request);
  assert.ok(parsed.kind === 'signature', parsed.kind);
  const result = verifySignature(parsed, request, secret, cache);
  assert.equal(result.kind, 'verified', result.kind === 'mismatch' ? (result.canonicalRequest ?? '') : result.kind);
  assert.equal(verifySignature(parsed, { ...request, method: 'DELETE' }, secret, cache).kind, 'mismatch');
  assert.equal(verifySignature(parsed, request, `${secret}x`, cache).kind, 'mismatch');
  assert.ok(result.kind === 'verified');
  return result;
}
