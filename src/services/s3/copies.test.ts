import assert from 'node:assert/strict';
import { test } from 'node:test';
import { element, openS3, type Answer, type InProcess } from './s3-suite.ts';

async function withSource(t: Parameters<typeof openS3>[0]): Promise<InProcess> {
  const s3 = await openS3(t);
  await s3.send('PUT /from');
  await s3.send('PUT /target');
  await s3.send('PUT /from/a%20b', {
    body: 'hello',
    headers: {
      'content-type': 'text/plain',
      'x-amz-meta-a': 'b',
      'x-amz-tagging': 'team=ci',
      'x-amz-storage-class': 'STANDARD_IA',
      'x-amz-checksum-sha1': 'qvTGHdzF6KLavt4PO0gs2a6pQ00=',
    },
  });
  return s3;
}

function copy(
  s3: InProcess,
  headers: Readonly<Record<string, string>> = {},
  as?: Parameters<InProcess['role']>[0],
): Promise<Answer> {
  return s3.send('PUT /target/k', {
    headers: { 'x-amz-copy-source': '/from/a%20b', ...headers },
    ...(as && { as: s3.role(as) }),
  });
}

test('a copy has bytes, headers, metadata, tags and checksum of its source, but not its storage class', async (t) => {
  const s3 = await withSource(t);
  const done = await copy(s3);
  assert.equal(done.status, 200);
  assert.equal(element(done.text, 'ChecksumSHA1'), 'qvTGHdzF6KLavt4PO0gs2a6pQ00=');
  assert.equal(element(done.text, 'LastModified'), '2026-11-22T12:00:01.000Z');
  const got = await s3.send('GET /target/k');
  assert.deepEqual(
    [got.text, got.headers.get('content-type'), got.headers.get('x-amz-meta-a')],
    ['hello', 'text/plain', 'b'],
  );
  assert.equal(got.headers.get('x-amz-storage-class'), undefined);
  assert.equal(got.headers.get('x-amz-tagging-count'), '1');
  assert.equal((await s3.send('GET /from/a%20b')).headers.get('x-amz-storage-class'), 'STANDARD_IA');
});

test('metadata and tags are replaced when the directives say so, and only then', async (t) => {
  const s3 = await withSource(t);
  await copy(s3, { 'x-amz-meta-a': 'ignored', 'content-type': 'text/ignored', 'x-amz-tagging': 'x=ignored' });
  assert.equal((await s3.send('HEAD /target/k')).headers.get('x-amz-meta-a'), 'b');
  assert.equal(element((await s3.send('GET /target/k?tagging')).text, 'Value'), 'ci');
  await copy(s3, {
    'x-amz-metadata-directive': 'REPLACE',
    'x-amz-tagging-directive': 'REPLACE',
    'x-amz-meta-c': 'd',
    'content-type': 'text/new',
    'x-amz-tagging': 'x=y',
  });
  const head = await s3.send('HEAD /target/k');
  assert.deepEqual([head.headers.get('x-amz-meta-a'), head.headers.get('x-amz-meta-c')], [undefined, 'd']);
  assert.equal(head.headers.get('content-type'), 'text/new');
  assert.equal(element((await s3.send('GET /target/k?tagging')).text, 'Value'), 'y');
});

test('a copy onto itself has to change something', async (t) => {
  const s3 = await withSource(t);
  const onItself = async (headers: Readonly<Record<string, string>>): Promise<string | undefined> =>
    (await s3.send('PUT /from/a%20b', { headers: { 'x-amz-copy-source': 'from/a%20b', ...headers } })).code;
  assert.equal(await onItself({}), 'InvalidRequest');
  assert.equal(await onItself({ 'x-amz-metadata-directive': 'REPLACE' }), undefined);
  assert.equal((await s3.send('GET /from/a%20b')).text, 'hello');
});

test('conditions on the source fail the copy, all with 412', async (t) => {
  const s3 = await withSource(t);
  const etag = (await s3.send('HEAD /from/a%20b')).headers.get('etag') ?? '';
  const status = async (name: string, value: string): Promise<number> =>
    (await copy(s3, { [`x-amz-copy-source-${name}`]: value })).status;
  assert.equal(await status('if-match', etag), 200);
  assert.equal(await status('if-match', '"other"'), 412);
  assert.equal(await status('if-none-match', etag), 412);
  assert.equal(await status('if-none-match', '"other"'), 200);
  assert.equal(await status('if-modified-since', 'Sun, 22 Nov 2026 12:00:01 GMT'), 412);
  assert.equal(await status('if-unmodified-since', 'Sun, 22 Nov 2026 12:00:00 GMT'), 412);
});

test('a source that is malformed, missing or another version is refused', async (t) => {
  const s3 = await withSource(t);
  const code = async (source: string): Promise<string | undefined> =>
    (await copy(s3, { 'x-amz-copy-source': source })).code;
  assert.equal(await code('from'), 'InvalidArgument');
  assert.equal(await code('/from/'), 'InvalidArgument');
  assert.equal(await code('from/%zz'), 'InvalidArgument');
  assert.equal(await code('from/none'), 'NoSuchKey');
  assert.equal(await code('nowhere/k'), 'NoSuchBucket');
  assert.equal(await code('from/a%20b?versionId=v1'), 'InvalidArgument');
  assert.equal(await code('from/a%20b?versionId='), 'InvalidArgument');
  assert.equal(await code('from/none?versionId=null'), 'NoSuchVersion');
  assert.equal(await code('from/a%20b?versionId=null'), undefined);
});

test('a copy needs to read the source with its tags and to write the target with them', async (t) => {
  const s3 = await withSource(t);
  const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::from/*' };
  const readTags = { Effect: 'Allow', Action: 's3:GetObjectTagging', Resource: 'arn:aws:s3:::from/*' };
  const write = { Effect: 'Allow', Action: ['s3:PutObject', 's3:PutObjectTagging'], Resource: 'arn:aws:s3:::target/*' };
  assert.equal((await copy(s3, {}, [read, readTags, write])).status, 200);
  assert.match((await copy(s3, {}, [readTags, write])).text, /perform: s3:GetObject on/);
  assert.match((await copy(s3, {}, [read, write])).text, /perform: s3:GetObjectTagging on/);
  assert.match((await copy(s3, {}, [read, readTags])).text, /perform: s3:PutObject on/);
  assert.match(
    (await copy(s3, {}, [read, readTags, { ...write, Action: 's3:PutObject' }])).text,
    /perform: s3:PutObjectTagging on/,
  );
  const untagged = { 'x-amz-tagging-directive': 'REPLACE' };
  assert.equal((await copy(s3, untagged, [read, { ...write, Action: 's3:PutObject' }])).status, 200);
});

test('s3:x-amz-copy-source limits where copies come from', async (t) => {
  const s3 = await withSource(t);
  await s3.send('PUT /from/secret', { body: 'x' });
  const policy = [
    { Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObjectTagging'], Resource: '*' },
    {
      Effect: 'Allow',
      Action: ['s3:PutObject', 's3:PutObjectTagging'],
      Resource: 'arn:aws:s3:::target/*',
      Condition: { StringLike: { 's3:x-amz-copy-source': 'from/a*' } },
    },
  ];
  assert.equal((await copy(s3, {}, policy)).status, 200);
  assert.equal((await copy(s3, { 'x-amz-copy-source': 'from/secret' }, policy)).status, 403);
  assert.equal((await s3.send('PUT /target/k', { body: 'x', as: s3.role(policy) })).status, 403);
});

test('a plus sign in the copy source is a space; a plus sign itself comes encoded', async (t) => {
  const s3 = await withSource(t);
  const copied = async (source: string): Promise<number> =>
    (await s3.send('PUT /target/k', { headers: { 'x-amz-copy-source': source } })).status;
  assert.equal(await copied('from%2Fa+b'), 200);
  assert.equal(await copied('from/a%2Bb'), 404);
  await s3.send('PUT /from/c%2Bd', { body: 'plus' });
  assert.equal(await copied('/from/c%2Bd'), 200);
  assert.equal(await copied('/from/c+d'), 404);
});
