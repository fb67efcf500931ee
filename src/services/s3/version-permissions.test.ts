/** Who may do what with versions: the actions that name them, `s3:versionid`, and markers, as observed on AWS in September 2026. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { element, type Sending } from './s3-suite.ts';
import { ENABLED, put, told, versioned } from './versions-suite.ts';

const OBJECTS = 'arn:aws:s3:::bucket/*';

test('a request that names a version needs the action of versions, and not the plain one', async (t) => {
  const s3 = await versioned(t);
  const id = await put(s3, 'k', 'x');
  await s3.send(`PUT /bucket/k?tagging&versionId=${id}`, { body: tagging('team', 'ci') });
  const of: Sending = { headers: { 'x-amz-object-attributes': 'ETag' } };
  const calls: readonly (readonly [string, readonly string[], Sending?])[] = [
    [`GET /bucket/k?versionId=${id}`, ['GetObject']],
    [`HEAD /bucket/k?versionId=${id}`, ['GetObject']],
    [`GET /bucket/k?acl&versionId=${id}`, ['GetObjectAcl']],
    [`GET /bucket/k?attributes&versionId=${id}`, ['GetObject', 'GetObjectAttributes'], of],
    [`GET /bucket/k?tagging&versionId=${id}`, ['GetObjectTagging']],
    [`PUT /bucket/k?tagging&versionId=${id}`, ['PutObjectTagging'], { body: tagging('team', 'ci') }],
    [`DELETE /bucket/k?tagging&versionId=${id}`, ['DeleteObjectTagging']],
    [`DELETE /bucket/k?versionId=${id}`, ['DeleteObject']],
  ];
  for (const [request, plain, sending] of calls) {
    const Action = plain.map((action) => `s3:${action.replace('Object', 'ObjectVersion')}`);
    const attempt = async (statement: object): Promise<number> =>
      (await s3.send(request, { ...sending, as: s3.role([{ Effect: 'Allow', Resource: OBJECTS, ...statement }]) }))
        .status;
    assert.equal(
      await attempt({ Action: plain.map((action) => `s3:${action}`) }),
      403,
      `${request} with the plain action`,
    );
    const other = { StringEquals: { 's3:VersionId': 'null' } };
    assert.equal(await attempt({ Action, Condition: other }), 403, `${request} for another version`);
    assert.ok((await attempt({ Action, Condition: { StringEquals: { 's3:VersionId': id } } })) < 300, request);
  }
});

test('a request without a version needs the plain action, whatever is denied on versions', async (t) => {
  const s3 = await versioned(t);
  const id = await put(s3, 'k', 'x');
  const caller = s3.role([
    { Effect: 'Allow', Action: ['s3:GetObject', 's3:DeleteObject'], Resource: OBJECTS },
    { Effect: 'Deny', Action: ['s3:GetObjectVersion', 's3:DeleteObjectVersion'], Resource: OBJECTS },
  ]);
  assert.equal((await s3.send('GET /bucket/k', { as: caller })).text, 'x');
  assert.match(
    (await s3.send(`GET /bucket/k?versionId=${id}`, { as: caller })).text,
    /perform: s3:GetObjectVersion on/,
  );
  const refused = await s3.send(`DELETE /bucket/k?versionId=${id}`, { as: caller });
  assert.match(refused.text, /perform: s3:DeleteObjectVersion on/);
  const marker = (await s3.send('DELETE /bucket/k', { as: caller })).headers.get('x-amz-version-id') ?? '';
  assert.equal((await s3.send(`DELETE /bucket/k?versionId=${marker}`, { as: caller })).status, 403);
});

test('a marker is told to whom a policy denies to read; who may not list learns nothing', async (t) => {
  const s3 = await versioned(t);
  const id = await put(s3, 'k', 'x');
  const marker = (await s3.send('DELETE /bucket/k')).headers.get('x-amz-version-id') ?? '';
  const deny = { Effect: 'Deny', Action: ['s3:GetObject', 's3:GetObjectVersion'], Resource: OBJECTS };
  const lister = s3.role([{ Effect: 'Allow', Action: 's3:*', Resource: '*' }, deny]);
  assert.deepEqual(told(await s3.send('GET /bucket/k', { as: lister })), [404, 'NoSuchKey', marker, 'true']);
  assert.equal((await s3.send('HEAD /bucket/k', { as: lister })).status, 404);
  assert.equal((await s3.send(`GET /bucket/k?versionId=${marker}`, { as: lister })).code, 'MethodNotAllowed');
  assert.equal((await s3.send(`HEAD /bucket/k?versionId=${marker}`, { as: lister })).status, 405);
  assert.equal((await s3.send(`GET /bucket/k?versionId=${id}`, { as: lister })).code, 'AccessDenied');
  const reader = s3.role([{ Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObjectVersion'], Resource: OBJECTS }]);
  for (const query of ['', `?versionId=${marker}`, '?versionId=null']) {
    const answer = await s3.send(`GET /bucket/k${query}`, { as: reader });
    assert.deepEqual(told(answer), [403, 'AccessDenied', undefined, undefined], query);
    assert.match(answer.text, /perform: s3:ListBucket on/);
  }
});

test('the tags of the named version decide, not those of the latest', async (t) => {
  const s3 = await versioned(t);
  const id = await put(s3, 'k', 'open');
  await s3.send('PUT /bucket/k?tagging', { body: tagging('open', 'yes') });
  await put(s3, 'k', 'closed');
  const tagged = { StringEquals: { 's3:ExistingObjectTag/open': 'yes' } };
  const Action = ['s3:GetObject', 's3:GetObjectVersion'];
  const caller = s3.role([{ Effect: 'Allow', Action, Resource: OBJECTS, Condition: tagged }]);
  assert.equal((await s3.send('GET /bucket/k', { as: caller })).status, 403);
  assert.equal((await s3.send(`GET /bucket/k?versionId=${id}`, { as: caller })).text, 'open');
});

test('a copy of a version and of its tags needs the actions of versions', async (t) => {
  const s3 = await versioned(t);
  const id = await put(s3, 'k', 'x');
  await s3.send('PUT /bucket/k?tagging', { body: tagging('team', 'ci') });
  const write = ['s3:PutObject', 's3:PutObjectTagging'];
  const headers = { 'x-amz-copy-source': `bucket/k?versionId=${id}` };
  const copy = async (...Action: readonly string[]): Promise<string> => {
    const as = s3.role([{ Effect: 'Allow', Action: [...write, ...Action], Resource: OBJECTS }]);
    const answer = await s3.send('PUT /bucket/copy', { headers, as });
    return `${answer.status} ${/perform: (s3:\w+)/.exec(element(answer.text, 'Message') ?? '')?.[1] ?? ''}`;
  };
  assert.equal(await copy('s3:GetObject', 's3:GetObjectTagging'), '403 s3:GetObjectVersion');
  assert.equal(await copy('s3:GetObjectVersion', 's3:GetObjectTagging'), '403 s3:GetObjectVersionTagging');
  assert.equal(await copy('s3:GetObjectVersion', 's3:GetObjectVersionTagging'), '200 ');
});

test('setting the versioning and listing versions are actions of the bucket', async (t) => {
  const s3 = await versioned(t);
  for (const [request, action] of [
    ['PUT /bucket?versioning', 's3:PutBucketVersioning'],
    ['GET /bucket?versions', 's3:ListBucketVersions'],
  ] as const) {
    const attempt = async (Resource: string): Promise<number> =>
      (await s3.send(request, { as: s3.role([{ Effect: 'Allow', Action: action, Resource }]), body: ENABLED })).status;
    assert.equal(await attempt(OBJECTS), 403);
    assert.equal(await attempt('arn:aws:s3:::bucket'), 200);
  }
});

function tagging(key: string, value: string): string {
  return `<Tagging><TagSet><Tag><Key>${key}</Key><Value>${value}</Value></Tag></TagSet></Tagging>`;
}
