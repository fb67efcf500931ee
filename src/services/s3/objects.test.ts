import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { checksum } from '../../wire/checksums.ts';
import { element, elements, openS3, type InProcess } from './s3-suite.ts';

async function withBucket(t: Parameters<typeof openS3>[0]): Promise<InProcess> {
  const s3 = await openS3(t);
  assert.equal((await s3.send('PUT /bucket')).status, 200);
  return s3;
}

test('an object comes back as it was put, with its headers and metadata', async (t) => {
  const s3 = await withBucket(t);
  const put = await s3.send('PUT /bucket/dir/a%20b', {
    body: 'hello',
    headers: {
      'content-type': 'text/plain',
      'cache-control': 'no-store',
      'content-encoding': 'gzip, aws-chunked',
      'x-amz-meta-Owner': 'ci',
    },
  });
  assert.equal(put.status, 200);
  assert.equal(put.headers.get('etag'), '"5d41402abc4b2a76b9719d911017c592"');
  const got = await s3.send('GET /bucket/dir/a%20b');
  assert.equal(got.status, 200);
  assert.equal(got.text, 'hello');
  assert.equal(got.headers.get('content-type'), 'text/plain');
  assert.equal(got.headers.get('content-encoding'), 'gzip');
  assert.equal(got.headers.get('cache-control'), 'no-store');
  assert.equal(got.headers.get('x-amz-meta-owner'), 'ci');
  assert.equal(got.headers.get('content-length'), '5');
  assert.equal(got.headers.get('last-modified'), 'Sun, 22 Nov 2026 12:00:01 GMT');
  const head = await s3.send('HEAD /bucket/dir/a%20b');
  assert.equal(head.status, 200);
  assert.equal(head.text, '');
  assert.equal(head.headers.get('content-length'), '5');
});

test('an object of no bytes is an object', async (t) => {
  const s3 = await withBucket(t);
  assert.equal((await s3.send('PUT /bucket/empty')).status, 200);
  const got = await s3.send('GET /bucket/empty');
  assert.deepEqual([got.status, got.text, got.headers.get('content-length')], [200, '', '0']);
  assert.equal(got.headers.get('content-type'), 'binary/octet-stream');
});

test('a missing key is NoSuchKey for who may list, AccessDenied for who may not', async (t) => {
  const s3 = await withBucket(t);
  const gone = await s3.send('GET /bucket/none');
  assert.deepEqual([gone.status, gone.code, element(gone.text, 'Key')], [404, 'NoSuchKey', 'none']);
  const reader = s3.role([{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::bucket/*' }]);
  const denied = await s3.send('GET /bucket/none', { as: reader });
  assert.deepEqual([denied.status, denied.code], [403, 'AccessDenied']);
  assert.match(denied.text, /not authorized to perform: s3:ListBucket on resource: /);
  assert.equal((await s3.send('HEAD /bucket/none', { as: reader })).status, 403);
  assert.equal((await s3.send('HEAD /bucket/none')).status, 404);
});

test('ranges: first to last, open, suffix; beyond the end is 416, nonsense is the whole', async (t) => {
  const s3 = await withBucket(t);
  await s3.send('PUT /bucket/k', { body: '0123456789' });
  const range = async (value: string): Promise<readonly unknown[]> => {
    const got = await s3.send('GET /bucket/k', { headers: { range: value } });
    return [got.status, got.code ?? got.text, got.headers.get('content-range')];
  };
  assert.deepEqual(await range('bytes=2-4'), [206, '234', 'bytes 2-4/10']);
  assert.deepEqual(await range('bytes=7-'), [206, '789', 'bytes 7-9/10']);
  assert.deepEqual(await range('bytes=-3'), [206, '789', 'bytes 7-9/10']);
  assert.deepEqual(await range('bytes=-30'), [206, '0123456789', 'bytes 0-9/10']);
  assert.deepEqual(await range('bytes=8-99'), [206, '89', 'bytes 8-9/10']);
  assert.deepEqual(await range('bytes=10-'), [416, 'InvalidRange', undefined]);
  assert.deepEqual(await range('bytes=-0'), [416, 'InvalidRange', undefined]);
  assert.deepEqual(await range('bytes=4-2'), [200, '0123456789', undefined]);
  assert.deepEqual(await range('bytes=0-1,3-4'), [200, '0123456789', undefined]);
  assert.deepEqual(await range('lines=1-2'), [200, '0123456789', undefined]);
});

test('conditional reads: 304 without bytes, 412, and dates only where no tag is given', async (t) => {
  const s3 = await withBucket(t);
  const etag = (await s3.send('PUT /bucket/k', { body: 'x' })).headers.get('etag') ?? '';
  const status = async (headers: Readonly<Record<string, string>>): Promise<number> =>
    (await s3.send('GET /bucket/k', { headers })).status;
  const before = 'Sun, 22 Nov 2026 12:00:00 GMT';
  const at = 'Sun, 22 Nov 2026 12:00:01 GMT';
  assert.equal(await status({ 'if-none-match': etag }), 304);
  assert.equal(await status({ 'if-none-match': '"other"' }), 200);
  assert.equal(await status({ 'if-match': etag }), 200);
  assert.equal(await status({ 'if-match': '"other"' }), 412);
  assert.equal(await status({ 'if-modified-since': at }), 304);
  assert.equal(await status({ 'if-modified-since': before }), 200);
  assert.equal(await status({ 'if-unmodified-since': before }), 412);
  assert.equal(await status({ 'if-unmodified-since': at }), 200);
  assert.equal(await status({ 'if-match': etag, 'if-unmodified-since': before }), 200);
  assert.equal(await status({ 'if-none-match': '"other"', 'if-modified-since': at }), 200);
  assert.equal((await s3.send('GET /bucket/k', { headers: { 'if-none-match': etag } })).text, '');
});

test('response-* parameters replace headers, but not for anonymous readers', async (t) => {
  const s3 = await withBucket(t);
  await s3.send('PUT /bucket/k', { body: 'x' });
  const target = 'GET /bucket/k?response-content-type=text/x&response-expires=Sun,%2022%20Nov%202026%2013:00:00%20GMT';
  const got = await s3.send(target);
  assert.equal(got.headers.get('content-type'), 'text/x');
  assert.equal(got.headers.get('expires'), 'Sun, 22 Nov 2026 13:00:00 GMT');
  await s3.send('DELETE /bucket?publicAccessBlock');
  const policy = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::bucket/*' }],
  };
  assert.equal((await s3.send('PUT /bucket?policy', { body: JSON.stringify(policy) })).status, 200);
  assert.equal((await s3.send('GET /bucket/k', { as: { kind: 'anonymous' } })).text, 'x');
  const refused = await s3.send(target, { as: { kind: 'anonymous' } });
  assert.deepEqual([refused.status, refused.code], [400, 'InvalidRequest']);
});

test('conditional writes: only when absent, only over the tag that is there', async (t) => {
  const s3 = await withBucket(t);
  const put = async (body: string, headers: Readonly<Record<string, string>>): Promise<readonly unknown[]> => {
    const answer = await s3.send('PUT /bucket/k', { body, headers });
    return [answer.status, answer.code];
  };
  assert.deepEqual(await put('a', { 'if-match': '"abc"' }), [404, 'NoSuchKey']);
  assert.deepEqual(await put('a', { 'if-none-match': '*' }), [200, undefined]);
  assert.deepEqual(await put('b', { 'if-none-match': '*' }), [412, 'PreconditionFailed']);
  assert.deepEqual(await put('b', { 'if-none-match': '"abc"' }), [501, 'NotImplemented']);
  assert.deepEqual(await put('b', { 'if-match': '"abc"' }), [412, 'PreconditionFailed']);
  const etag = `"${createHash('md5').update('a').digest('hex')}"`;
  assert.deepEqual(await put('b', { 'if-match': etag }), [200, undefined]);
  assert.equal((await s3.send('GET /bucket/k')).text, 'b');
});

test('every checksum is verified, in the header and in the trailer, and shown to who asks', async (t) => {
  const s3 = await withBucket(t);
  for (const algorithm of ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const) {
    const header = `x-amz-checksum-${algorithm.toLowerCase()}`;
    const state = checksum(algorithm);
    state.update(Buffer.from('hello'));
    const right = state.digestBase64();
    const wrong = checksum(algorithm).digestBase64();
    const named = { 'x-amz-sdk-checksum-algorithm': algorithm };
    const put = await s3.send('PUT /bucket/k', { body: 'hello', headers: { ...named, [header]: right } });
    assert.deepEqual([put.status, put.headers.get(header)], [200, right]);
    const bad = await s3.send('PUT /bucket/k', { body: 'hullo', headers: { [header]: right } });
    assert.deepEqual([bad.status, bad.code], [400, 'BadDigest'], algorithm);
    const trailing = { ...named, 'x-amz-trailer': header };
    const trailed = { body: 'hello', headers: trailing, trailers: { [header]: right } };
    assert.equal((await s3.send('PUT /bucket/k', trailed)).status, 200);
    const mistrailed = await s3.send('PUT /bucket/k', { ...trailed, trailers: { [header]: wrong } });
    assert.deepEqual([mistrailed.status, mistrailed.code], [400, 'BadDigest'], algorithm);
    assert.equal((await s3.send('PUT /bucket/k', { ...trailed, trailers: {} })).code, 'InvalidRequest');
    const shown = await s3.send('HEAD /bucket/k', { headers: { 'x-amz-checksum-mode': 'ENABLED' } });
    assert.equal(shown.headers.get(header), right);
    assert.equal(shown.headers.get('x-amz-checksum-type'), 'FULL_OBJECT');
    assert.equal((await s3.send('HEAD /bucket/k')).headers.get(header), undefined);
  }
  assert.equal((await s3.send('GET /bucket/k')).text, 'hello', 'what was refused left what was there');
});

test('checksum headers that contradict each other or cannot be digests are refused', async (t) => {
  const s3 = await withBucket(t);
  const code = async (headers: Readonly<Record<string, string>>): Promise<string | undefined> =>
    (await s3.send('PUT /bucket/k', { body: 'hello', headers })).code;
  assert.equal(
    await code({ 'x-amz-checksum-crc32': 'NhCmhg==', 'x-amz-checksum-crc32c': 'mnG7TA==' }),
    'InvalidRequest',
  );
  assert.equal(await code({ 'x-amz-checksum-crc32': 'short' }), 'InvalidRequest');
  assert.equal(await code({ 'x-amz-sdk-checksum-algorithm': 'CRC32' }), 'InvalidRequest');
  assert.equal(
    await code({ 'x-amz-sdk-checksum-algorithm': 'SHA1', 'x-amz-checksum-crc32': 'NhCmhg==' }),
    'InvalidRequest',
  );
  assert.equal(await code({ 'x-amz-checksum-sha512': 'AAAA' }), 'NotImplemented');
  assert.equal(await code({ 'x-amz-trailer': 'x-amz-checksum-xxhash64' }), 'NotImplemented');
  assert.equal(await code({ 'content-md5': 'nonsense' }), 'InvalidDigest');
  assert.equal(await code({ 'content-md5': createHash('md5').update('other').digest('base64') }), 'BadDigest');
  assert.equal(await code({ 'content-md5': createHash('md5').update('hello').digest('base64') }), undefined);
});

test('without a checksum the object gets a CRC64NVME', async (t) => {
  const s3 = await withBucket(t);
  const put = await s3.send('PUT /bucket/k', { body: '123456789' });
  assert.equal(put.headers.get('x-amz-checksum-crc64nvme'), Buffer.from('ae8b14860a799888', 'hex').toString('base64'));
  assert.equal(put.headers.get('x-amz-checksum-type'), 'FULL_OBJECT');
});

test('a body without a length, too long a key and too much metadata are refused', async (t) => {
  const s3 = await withBucket(t);
  async function* stream(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('x');
  }
  const lengthless = await s3.send('PUT /bucket/k', { body: stream() });
  assert.deepEqual([lengthless.status, lengthless.code], [411, 'MissingContentLength']);
  const huge = await s3.send('PUT /bucket/k', {
    body: stream(),
    headers: { 'content-length': String(5 * 1024 ** 3 + 1) },
  });
  assert.deepEqual([huge.status, huge.code], [400, 'EntityTooLarge']);
  const chunked = { 'x-amz-decoded-content-length': '1' };
  assert.equal((await s3.send('PUT /bucket/k', { body: stream(), headers: chunked })).status, 200);
  assert.equal((await s3.send(`PUT /bucket/${'k'.repeat(1024)}`)).status, 200);
  assert.equal((await s3.send(`PUT /bucket/${'k'.repeat(1025)}`)).code, 'KeyTooLongError');
  const metadata = { 'x-amz-meta-a': 'v'.repeat(2048) };
  assert.equal((await s3.send('PUT /bucket/k', { headers: metadata })).code, 'MetadataTooLarge');
});

test('a body that fails midway leaves nothing', async (t) => {
  const s3 = await withBucket(t);
  async function* torn(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('half');
    throw new Error('the client hung up');
  }
  await assert.rejects(s3.send('PUT /bucket/k', { body: torn(), headers: { 'content-length': '8' } }), /hung up/);
  assert.equal((await s3.send('HEAD /bucket/k')).status, 404);
});

test('what Sojourn does not do is refused, never ignored', async (t) => {
  const s3 = await withBucket(t);
  const code = async (headers: Readonly<Record<string, string>>): Promise<string | undefined> =>
    (await s3.send('PUT /bucket/k', { body: 'x', headers })).code;
  assert.equal(await code({ 'x-amz-server-side-encryption': 'aws:kms' }), 'NotImplemented');
  assert.equal(await code({ 'x-amz-server-side-encryption-customer-algorithm': 'AES256' }), 'NotImplemented');
  assert.equal(await code({ 'x-amz-object-lock-mode': 'GOVERNANCE' }), 'InvalidRequest');
  assert.equal(await code({ 'x-amz-storage-class': 'GLACIER' }), 'NotImplemented');
  assert.equal(await code({ 'x-amz-storage-class': 'OUTPOSTS' }), 'InvalidStorageClass');
  assert.equal(await code({ 'x-amz-acl': 'public-read' }), 'AccessControlListNotSupported');
  assert.equal(await code({ 'x-amz-acl': 'bucket-owner-full-control' }), undefined);
  assert.equal(await code({ 'x-amz-server-side-encryption': 'AES256' }), undefined);
  assert.equal(await code({ 'if-match': '*' }), 'NotImplemented');
});

test('deleting succeeds whether or not the object is there', async (t) => {
  const s3 = await withBucket(t);
  await s3.send('PUT /bucket/k', { body: 'x' });
  assert.equal((await s3.send('DELETE /bucket/k')).status, 204);
  assert.equal((await s3.send('DELETE /bucket/k')).status, 204);
  assert.equal((await s3.send('GET /bucket/k')).status, 404);
  const reader = s3.role([{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }]);
  assert.equal((await s3.send('DELETE /bucket/k', { as: reader })).status, 403);
});

test('DeleteObjects allows, refuses and reports each key by itself', async (t) => {
  const s3 = await withBucket(t);
  for (const key of ['a/1', 'a/2', 'b/1']) await s3.send(`PUT /bucket/${key}`, { body: 'x' });
  const cleaner = s3.role([{ Effect: 'Allow', Action: 's3:DeleteObject', Resource: 'arn:aws:s3:::bucket/a/*' }]);
  const body =
    '<Delete><Object><Key>a/1</Key></Object><Object><Key>b/1</Key></Object><Object><Key>a/none</Key></Object></Delete>';
  const answer = await s3.send('POST /bucket?delete', { body, as: cleaner });
  assert.equal(answer.status, 200);
  assert.deepEqual(
    elements(answer.text, 'Deleted').map((deleted) => element(deleted, 'Key')),
    ['a/1', 'a/none'],
  );
  assert.deepEqual(
    elements(answer.text, 'Error').map((error) => element(error, 'Code')),
    ['AccessDenied'],
  );
  assert.equal((await s3.send('HEAD /bucket/a/1')).status, 404);
  assert.equal((await s3.send('HEAD /bucket/b/1')).status, 200);
  const quiet = '<Delete><Quiet>true</Quiet><Object><Key>a/2</Key></Object></Delete>';
  assert.deepEqual(elements((await s3.send('POST /bucket?delete', { body: quiet })).text, 'Deleted'), []);
  const many = `<Delete>${'<Object><Key>k</Key></Object>'.repeat(1001)}</Delete>`;
  assert.equal((await s3.send('POST /bucket?delete', { body: many })).code, 'MalformedXML');
});
