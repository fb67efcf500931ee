/**
 * Versioned buckets on the wire: writing, reading and hiding. What answers hold is as observed on AWS in
 * 2026, and as the API reference says where nothing else is noted.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { element, openS3 } from './s3-suite.ts';
import { ENABLED, listed, put, SUSPENDED, told, versioned } from './versions-suite.ts';

test('versioning is unset, then enabled or suspended, and never unset again', async (t) => {
  const s3 = await openS3(t);
  await s3.send('PUT /bucket');
  const state = async (): Promise<string | undefined> =>
    element((await s3.send('GET /bucket?versioning')).text, 'Status');
  assert.equal(await state(), undefined);
  const code = async (body: string): Promise<string | undefined> =>
    (await s3.send('PUT /bucket?versioning', { body })).code;
  assert.equal(await code('<VersioningConfiguration/>'), 'IllegalVersioningConfigurationException');
  assert.equal(await code(ENABLED.replace('Enabled', 'Disabled')), 'MalformedXML');
  assert.equal(await state(), undefined);
  assert.equal(await code(SUSPENDED), undefined, 'suspended without ever having been enabled');
  assert.equal(await state(), 'Suspended');
  assert.equal(await code(ENABLED), undefined);
  assert.equal(await code('<VersioningConfiguration/>'), 'IllegalVersioningConfigurationException');
  assert.equal(await state(), 'Enabled');
});

test('MFA delete is refused, and its absence accepted', async (t) => {
  const s3 = await versioned(t);
  const mfa = (value: string): string => ENABLED.replace('<Status>', `<MfaDelete>${value}</MfaDelete><Status>`);
  const answer = await s3.send('PUT /bucket?versioning', { body: mfa('Enabled') });
  assert.deepEqual([answer.status, answer.code], [501, 'NotImplemented']);
  assert.equal((await s3.send('PUT /bucket?versioning', { body: mfa('Disabled') })).status, 200);
  assert.equal((await s3.send('PUT /bucket?versioning', { body: mfa('Perhaps') })).code, 'MalformedXML');
});

test('every put is a version; each is read by its id, the latest without one', async (t) => {
  const s3 = await openS3(t);
  await s3.send('PUT /bucket');
  const first = await s3.send('PUT /bucket/k', { body: 'null' });
  assert.equal(first.headers.has('x-amz-version-id'), false);
  assert.deepEqual(told(await s3.send('GET /bucket/k?versionId=null')), [200, undefined, undefined, undefined]);
  await s3.send('PUT /bucket?versioning', { body: ENABLED });
  assert.deepEqual(told(await s3.send('GET /bucket/k')), [200, undefined, 'null', undefined]);
  const one = await put(s3, 'k', 'one');
  const two = await put(s3, 'k', 'two');
  for (const [id, body] of [
    [one, 'one'],
    [two, 'two'],
    ['null', 'null'],
  ] as const) {
    const answer = await s3.send(`GET /bucket/k?versionId=${id}`);
    assert.deepEqual([answer.text, ...told(answer)], [body, 200, undefined, id, undefined]);
    assert.deepEqual(told(await s3.send(`HEAD /bucket/k?versionId=${id}`)), [200, undefined, id, undefined]);
  }
  assert.deepEqual(
    [(await s3.send('GET /bucket/k')).text, (await s3.send('HEAD /bucket/k')).headers.get('x-amz-version-id')],
    ['two', two],
  );
  const unchanged = await s3.send('GET /bucket/k', { headers: { 'if-none-match': '*' } });
  assert.deepEqual(told(unchanged), [304, undefined, two, undefined]);
});

test('a version that is gone is 404, an id that was never given 400', async (t) => {
  const s3 = await versioned(t);
  const id = await put(s3, 'k', 'one');
  await put(s3, 'k', 'two');
  for (let time = 0; time < 2; time++) {
    assert.deepEqual(told(await s3.send(`DELETE /bucket/k?versionId=${id}`)), [204, undefined, id, undefined]);
  }
  const gone = await s3.send(`GET /bucket/k?versionId=${id}`);
  assert.deepEqual([gone.status, gone.code, element(gone.text, 'VersionId')], [404, 'NoSuchVersion', id]);
  assert.equal(element(gone.text, 'Message'), 'The specified version does not exist.');
  assert.equal((await s3.send(`HEAD /bucket/k?versionId=${id}`)).status, 404);
  assert.equal((await s3.send('GET /bucket/k?versionId=null')).code, 'NoSuchVersion');
  for (const no of ['not-a-version', 'A'.repeat(32), '0'.repeat(32), `${id}x`]) {
    for (const request of [
      `GET /bucket/k?versionId=${no}`,
      `DELETE /bucket/k?versionId=${no}`,
      `GET /bucket/k?tagging&versionId=${no}`,
    ]) {
      const answer = await s3.send(request);
      assert.deepEqual(
        [
          answer.status,
          answer.code,
          element(answer.text, 'Message'),
          element(answer.text, 'ArgumentName'),
          element(answer.text, 'ArgumentValue'),
        ],
        [400, 'InvalidArgument', 'Invalid version id specified', 'versionId', no],
        request,
      );
    }
  }
  for (const request of ['GET /bucket/k?versionId=', 'DELETE /bucket/k?versionId=', 'PUT /bucket/k?acl&versionId=']) {
    const empty = await s3.send(request);
    assert.deepEqual(
      [empty.status, element(empty.text, 'Message')],
      [400, 'Version id cannot be the empty string'],
      request,
    );
  }
  for (const request of [`PUT /bucket/k?versionId=${id}`, `POST /bucket/k?uploads&versionId=${id}`]) {
    const refused = await s3.send(request, { body: 'x' });
    assert.deepEqual(
      [refused.code, element(refused.text, 'Message'), element(refused.text, 'ArgumentValue')],
      ['InvalidArgument', 'This operation does not accept a version-id.', id],
    );
  }
});

test('deleting hides the object behind a marker, which alone can be deleted', async (t) => {
  const s3 = await versioned(t);
  const id = await put(s3, 'k', 'one');
  const deleted = await s3.send('DELETE /bucket/k');
  const marker = deleted.headers.get('x-amz-version-id') ?? '';
  assert.deepEqual(told(deleted), [204, undefined, marker, 'true']);
  assert.notEqual(marker, id);
  for (const request of ['GET /bucket/k', 'GET /bucket/k?attributes', 'GET /bucket/k?acl']) {
    const answer = await s3.send(request, { headers: { 'x-amz-object-attributes': 'ETag' } });
    assert.deepEqual(told(answer), [404, 'NoSuchKey', marker, 'true'], request);
    assert.equal(element(answer.text, 'Key'), 'k');
  }
  assert.deepEqual(told(await s3.send('HEAD /bucket/k')), [404, undefined, marker, 'true']);
  const read = await s3.send(`GET /bucket/k?versionId=${marker}`);
  assert.deepEqual(told(read), [405, 'MethodNotAllowed', marker, 'true']);
  assert.deepEqual(
    ['Message', 'Method', 'ResourceType'].map((name) => element(read.text, name)),
    ['The specified method is not allowed against this resource.', 'GET', 'DeleteMarker'],
  );
  assert.deepEqual(
    [read.headers.get('allow'), read.headers.get('last-modified')],
    ['DELETE', 'Sun, 22 Nov 2026 12:00:01 GMT'],
  );
  const head = await s3.send(`HEAD /bucket/k?versionId=${marker}`);
  assert.deepEqual(told(head), [405, undefined, marker, 'true']);
  assert.ok(head.headers.has('last-modified'));
  assert.equal((await s3.send(`GET /bucket/k?versionId=${id}`)).text, 'one');
  assert.equal(element((await s3.send('GET /bucket?list-type=2')).text, 'KeyCount'), '0');

  assert.deepEqual(told(await s3.send(`DELETE /bucket/k?versionId=${marker}`)), [204, undefined, marker, 'true']);
  assert.deepEqual(told(await s3.send('GET /bucket/k')), [200, undefined, id, undefined]);
});

test('tags and ACLs are those of a version, and markers have none', async (t) => {
  const s3 = await versioned(t);
  const one = await put(s3, 'k', 'one');
  const two = await put(s3, 'k', 'two');
  const tagging = (value: string): string =>
    `<Tagging><TagSet><Tag><Key>v</Key><Value>${value}</Value></Tag></TagSet></Tagging>`;
  assert.deepEqual(told(await s3.send(`PUT /bucket/k?tagging&versionId=${one}`, { body: tagging('one') })), [
    200,
    undefined,
    one,
    undefined,
  ]);
  assert.deepEqual(told(await s3.send('PUT /bucket/k?tagging', { body: tagging('two') })), [
    200,
    undefined,
    two,
    undefined,
  ]);
  for (const [id, value] of [
    [one, 'one'],
    [two, 'two'],
  ]) {
    const answer = await s3.send(`GET /bucket/k?tagging&versionId=${id}`);
    assert.deepEqual([element(answer.text, 'Value'), answer.headers.get('x-amz-version-id')], [value, id]);
  }
  assert.deepEqual(told(await s3.send(`DELETE /bucket/k?tagging&versionId=${one}`)), [204, undefined, one, undefined]);
  assert.equal(element((await s3.send(`GET /bucket/k?tagging&versionId=${one}`)).text, 'Value'), undefined);
  assert.equal(element((await s3.send('GET /bucket/k?tagging')).text, 'Value'), 'two');
  assert.deepEqual(told(await s3.send(`GET /bucket/k?acl&versionId=${one}`)), [200, undefined, one, undefined]);
  const attributes = await s3.send(`GET /bucket/k?attributes&versionId=${one}`, {
    headers: { 'x-amz-object-attributes': 'ObjectSize' },
  });
  assert.deepEqual(told(attributes), [200, undefined, one, undefined]);

  const marker = (await s3.send('DELETE /bucket/k')).headers.get('x-amz-version-id') ?? '';
  const refused = ['GET /bucket/k?tagging', 'PUT /bucket/k?tagging', 'DELETE /bucket/k?tagging', 'PUT /bucket/k?acl'];
  for (const request of [
    ...refused,
    ...refused.map((one) => `${one}&versionId=${marker}`),
    `GET /bucket/k?acl&versionId=${marker}`,
  ]) {
    const answer = await s3.send(
      request,
      request.includes('PUT') && request.includes('tagging') ? { body: tagging('x') } : {},
    );
    assert.deepEqual(told(answer), [405, 'MethodNotAllowed', marker, 'true'], request);
    assert.equal(element(answer.text, 'Method'), request.split(' ')[0]);
  }
});

test('a suspended bucket writes and deletes the null version, and keeps the others', async (t) => {
  const s3 = await versioned(t);
  const id = await put(s3, 'k', 'kept');
  await s3.send('PUT /bucket?versioning', { body: SUSPENDED });
  for (const body of ['null 1', 'null 2']) {
    assert.deepEqual(told(await s3.send('PUT /bucket/k', { body })), [200, undefined, undefined, undefined]);
  }
  assert.deepEqual(told(await s3.send('GET /bucket/k')), [200, undefined, 'null', undefined]);
  assert.deepEqual(await listed(s3), [
    ['k', 'null', 'true', 'version'],
    ['k', id, 'false', 'version'],
  ]);
  for (let time = 0; time < 2; time++) {
    assert.deepEqual(told(await s3.send('DELETE /bucket/k')), [204, undefined, 'null', 'true']);
  }
  assert.deepEqual(told(await s3.send('GET /bucket/k?versionId=null')), [405, 'MethodNotAllowed', 'null', 'true']);
  assert.deepEqual(await listed(s3), [
    ['k', id, 'false', 'version'],
    ['k', 'null', 'true', 'marker'],
  ]);
  assert.deepEqual(told(await s3.send('DELETE /bucket/k?versionId=null')), [204, undefined, 'null', 'true']);
  assert.equal((await s3.send('GET /bucket/k')).text, 'kept');
});
