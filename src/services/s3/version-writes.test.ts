/** Copies, completions, conditions and deletions in a versioned bucket, as observed on AWS in 2026. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Answer, element, elements } from './s3-suite.ts';
import { listed, put, told, versioned } from './versions-suite.ts';

test('DeleteObjects makes markers, deletes versions, and says which', async (t) => {
  const s3 = await versioned(t);
  const k = await put(s3, 'k', '1');
  const l = await put(s3, 'l', '1');
  const marker = (await s3.send('DELETE /bucket/l')).headers.get('x-amz-version-id') ?? '';
  const object = (key: string, id?: string): string =>
    `<Object><Key>${key}</Key>${id === undefined ? '' : `<VersionId>${id}</VersionId>`}</Object>`;
  const body = `<Delete>${object('k')}${object('l', marker)}${object('l', l)}${object('none', k)}${object('k', 'no')}</Delete>`;
  const { text, status } = await s3.send('POST /bucket?delete', { body });
  assert.equal(status, 200);
  const [made, removed, version, nothing] = elements(text, 'Deleted');
  assert.match(
    made ?? '',
    /^<Key>k<\/Key><DeleteMarker>true<\/DeleteMarker><DeleteMarkerVersionId>[\w.]{32}<\/DeleteMarkerVersionId>$/,
  );
  assert.equal(
    removed,
    `<Key>l</Key><VersionId>${marker}</VersionId><DeleteMarker>true</DeleteMarker><DeleteMarkerVersionId>${marker}</DeleteMarkerVersionId>`,
  );
  assert.equal(version, `<Key>l</Key><VersionId>${l}</VersionId>`);
  assert.equal(nothing, `<Key>none</Key><VersionId>${k}</VersionId>`);
  assert.deepEqual([element(text, 'Code'), elements(text, 'Deleted').length], ['InvalidArgument', 4]);
  assert.deepEqual(
    (await listed(s3)).map(([key, , , kind]) => [key, kind]),
    [
      ['k', 'version'],
      ['k', 'marker'],
    ],
  );
});

test('a copy reads the version it names, and both answers tell theirs', async (t) => {
  const s3 = await versioned(t);
  const one = await put(s3, 'k', 'one');
  const two = await put(s3, 'k', 'two');
  const copy = (source: string, target = 'copy'): Promise<Answer> =>
    s3.send(`PUT /bucket/${target}`, { headers: { 'x-amz-copy-source': source } });
  const latest = await copy('bucket/k');
  assert.deepEqual(
    [latest.headers.get('x-amz-copy-source-version-id'), latest.headers.has('x-amz-version-id')],
    [two, true],
  );
  const named = await copy(`bucket/k?versionId=${one}`);
  assert.equal(named.headers.get('x-amz-copy-source-version-id'), one);
  assert.equal((await s3.send('GET /bucket/copy')).text, 'one');
  assert.equal((await copy('bucket/k', 'k')).code, 'InvalidRequest', 'a copy onto itself that changes nothing');
  assert.equal((await copy(`bucket/k?versionId=${one}`, 'k')).status, 200, 'an older version becomes the latest again');
  assert.equal((await s3.send('GET /bucket/k')).text, 'one');

  const marker = (await s3.send('DELETE /bucket/k')).headers.get('x-amz-version-id') ?? '';
  assert.deepEqual(told(await copy('bucket/k')), [404, 'NoSuchKey', marker, 'true']);
  const refused = await copy(`bucket/k?versionId=${marker}`);
  assert.deepEqual([refused.status, refused.code], [400, 'InvalidRequest']);
  assert.match(refused.text, /may not specifically refer to a delete marker by version id\./);
  const bad = await copy('bucket/k?versionId=no');
  assert.deepEqual([bad.code, element(bad.text, 'ArgumentName')], ['InvalidArgument', 'x-amz-copy-source']);
  assert.equal(element((await copy('bucket/k?versionId=')).text, 'Message'), 'Version id cannot be the empty string');
});

test('an upload is completed as a version, and a part is copied from one', async (t) => {
  const s3 = await versioned(t);
  const one = await put(s3, 'k', 'one');
  await put(s3, 'k', 'two');
  const begun = await s3.send('POST /bucket/big?uploads');
  const upload = element(begun.text, 'UploadId') ?? '';
  const part = await s3.send(`PUT /bucket/big?partNumber=1&uploadId=${upload}`, {
    headers: { 'x-amz-copy-source': `bucket/k?versionId=${one}` },
  });
  assert.equal(part.headers.get('x-amz-copy-source-version-id'), one);
  const etag = element(part.text, 'ETag') ?? '';
  const body = `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${etag}</ETag></Part></CompleteMultipartUpload>`;
  const complete = (): Promise<Answer> => s3.send(`POST /bucket/big?uploadId=${upload}`, { body });
  const id = (await complete()).headers.get('x-amz-version-id') ?? '';
  assert.equal((await s3.send(`GET /bucket/big?versionId=${id}`)).text, 'one');
  await put(s3, 'big', 'newer');
  await s3.send('DELETE /bucket/big');
  assert.deepEqual(told(await complete()), [200, undefined, id, undefined], 'asked again, below newer versions');
  await s3.send(`DELETE /bucket/big?versionId=${id}`);
  assert.equal((await complete()).code, 'NoSuchUpload');
});

test('an upload is as old as its beginning: what was written since then stays above it, or instead of it', async (t) => {
  const s3 = await versioned(t);
  const begun = async (bucket: string): Promise<() => Promise<Answer>> => {
    const upload = element((await s3.send(`POST /${bucket}/k?uploads`)).text, 'UploadId') ?? '';
    const part = await s3.send(`PUT /${bucket}/k?partNumber=1&uploadId=${upload}`, { body: 'of parts' });
    const body = `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${part.headers.get('etag')}</ETag></Part></CompleteMultipartUpload>`;
    return () => s3.send(`POST /${bucket}/k?uploadId=${upload}`, { body });
  };
  await s3.send('PUT /unversioned');
  for (const bucket of ['bucket', 'unversioned']) {
    const complete = await begun(bucket);
    s3.wait(5000);
    await s3.send(`PUT /${bucket}/k`, { body: 'put since then' });
    assert.equal((await complete()).status, 200);
    assert.equal((await s3.send(`GET /${bucket}/k`)).text, 'put since then', bucket);
    s3.wait(5000);
    const last = await begun(bucket);
    s3.wait(5000);
    await last();
    const { text, headers } = await s3.send(`GET /${bucket}/k`);
    const at = bucket === 'bucket' ? 'Sun, 22 Nov 2026 12:00:11 GMT' : 'Sun, 22 Nov 2026 12:00:26 GMT';
    assert.deepEqual([text, headers.get('last-modified')], ['of parts', at], 'when it was begun');
  }
  const entries = (await listed(s3)).map(([, id, latest]) => [id?.length, latest]);
  assert.deepEqual(entries, [
    [32, 'true'],
    [32, 'false'],
    [32, 'false'],
  ]);
});

test('conditions of writes see the latest version, and a marker as nothing', async (t) => {
  const s3 = await versioned(t);
  const write = async (headers: Readonly<Record<string, string>>): Promise<number> =>
    (await s3.send('PUT /bucket/k', { body: 'x', headers })).status;
  assert.equal(await write({ 'if-none-match': '*' }), 200);
  assert.equal(await write({ 'if-none-match': '*' }), 412);
  const etag = (await s3.send('HEAD /bucket/k')).headers.get('etag') ?? '';
  assert.equal(await write({ 'if-match': etag }), 200);
  await s3.send('DELETE /bucket/k');
  assert.equal(await write({ 'if-match': etag }), 404);
  assert.equal(await write({ 'if-none-match': '*' }), 200);
  assert.equal((await listed(s3)).length, 4);
});

test('a conditional delete sees the latest version, and none may name one', async (t) => {
  const s3 = await versioned(t);
  const id = await put(s3, 'k', 'one');
  const etag = (await s3.send('HEAD /bucket/k')).headers.get('etag') ?? '';
  const wrong = await s3.send('DELETE /bucket/k', { headers: { 'if-match': '"00000000000000000000000000000000"' } });
  assert.deepEqual(
    [wrong.status, wrong.code, element(wrong.text, 'Condition')],
    [412, 'PreconditionFailed', 'If-Match'],
  );
  const named = await s3.send(`DELETE /bucket/k?versionId=${id}`, { headers: { 'if-match': etag } });
  assert.deepEqual([named.status, named.code, element(named.text, 'Header')], [501, 'NotImplemented', 'If-Match']);
  assert.match(
    element(named.text, 'additionalMessage') ?? '',
    /^Conditional delete operations are not allowed when a version ID/,
  );
  const body = `<Delete><Object><Key>k</Key><VersionId>${id}</VersionId><ETag>${etag}</ETag></Object><Object><Key>k</Key><ETag>"0"</ETag></Object></Delete>`;
  assert.deepEqual(elements((await s3.send('POST /bucket?delete', { body })).text, 'Message'), [
    'A form field you provided implies functionality that is not implemented',
    'At least one of the pre-conditions you specified did not hold',
  ]);
  assert.equal((await listed(s3)).length, 1, 'nothing was deleted so far');
  const writer = s3.role([{ Effect: 'Allow', Action: 's3:DeleteObject', Resource: '*' }]);
  const blind = await s3.send('DELETE /bucket/k', { headers: { 'if-match': etag }, as: writer });
  assert.match(blind.text, /perform: s3:GetObject on/);
  assert.equal((await s3.send('DELETE /bucket/k', { headers: { 'if-match': '*' }, as: writer })).status, 204);
  assert.equal((await s3.send('DELETE /bucket/k', { headers: { 'if-match': etag } })).code, 'NoSuchKey');
  await put(s3, 'k', 'one');
  assert.equal((await s3.send('DELETE /bucket/k', { headers: { 'if-match': etag } })).status, 204);
});

test('a bucket is deleted only without versions and markers', async (t) => {
  const s3 = await versioned(t);
  const id = await put(s3, 'k', 'one');
  const refuse = async (): Promise<void> => {
    const answer = await s3.send('DELETE /bucket');
    assert.deepEqual([answer.status, answer.code], [409, 'BucketNotEmpty']);
    assert.equal(
      element(answer.text, 'Message'),
      'The bucket you tried to delete is not empty. You must delete all versions in the bucket.',
    );
  };
  await refuse();
  const marker = (await s3.send('DELETE /bucket/k')).headers.get('x-amz-version-id') ?? '';
  await refuse();
  await s3.send(`DELETE /bucket/k?versionId=${id}`);
  await refuse();
  await s3.send(`DELETE /bucket/k?versionId=${marker}`);
  assert.equal((await s3.send('DELETE /bucket')).status, 204);
});
