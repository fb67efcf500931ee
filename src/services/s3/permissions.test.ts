import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACCOUNT, element, openS3, OTHER_ACCOUNT, rootOf, type InProcess, type Sending } from './s3-suite.ts';

async function withObject(t: Parameters<typeof openS3>[0]): Promise<InProcess> {
  const s3 = await openS3(t);
  await s3.send('PUT /bucket');
  await s3.send('PUT /bucket/k', { body: 'x', headers: { 'x-amz-tagging': 'team=ci' } });
  return s3;
}

const OBJECTS = 'arn:aws:s3:::bucket/*';
const BUCKET = 'arn:aws:s3:::bucket';

test('each call needs its action on its resource, and no other will do', async (t) => {
  const s3 = await withObject(t);
  const { text } = await s3.send('POST /bucket/k?uploads');
  const upload = element(text, 'UploadId');
  const calls: readonly (readonly [string, string, string, Sending?])[] = [
    ['GET /bucket/k', 's3:GetObject', OBJECTS],
    ['HEAD /bucket/k', 's3:GetObject', OBJECTS],
    ['GET /bucket/k?versionId=null', 's3:GetObjectVersion', OBJECTS],
    ['PUT /bucket/k', 's3:PutObject', OBJECTS, { body: 'x', headers: { 'x-amz-tagging': '' } }],
    ['GET /bucket/k?tagging', 's3:GetObjectTagging', OBJECTS],
    ['GET /bucket/k?acl', 's3:GetObjectAcl', OBJECTS],
    ['POST /bucket/k?uploads', 's3:PutObject', OBJECTS],
    [`GET /bucket/k?uploadId=${upload}`, 's3:ListMultipartUploadParts', OBJECTS],
    [`DELETE /bucket/k?uploadId=${upload}`, 's3:AbortMultipartUpload', OBJECTS],
    ['DELETE /bucket/k', 's3:DeleteObject', OBJECTS],
    ['GET /bucket', 's3:ListBucket', BUCKET],
    ['HEAD /bucket', 's3:ListBucket', BUCKET],
    ['GET /bucket?list-type=2', 's3:ListBucket', BUCKET],
    ['GET /bucket?versions', 's3:ListBucketVersions', BUCKET],
    ['GET /bucket?uploads', 's3:ListBucketMultipartUploads', BUCKET],
    ['GET /bucket?location', 's3:GetBucketLocation', BUCKET],
    ['GET /bucket?versioning', 's3:GetBucketVersioning', BUCKET],
    ['GET /bucket?acl', 's3:GetBucketAcl', BUCKET],
    ['GET /bucket?publicAccessBlock', 's3:GetBucketPublicAccessBlock', BUCKET],
    ['DELETE /bucket?policy', 's3:DeleteBucketPolicy', BUCKET],
    ['GET /', 's3:ListAllMyBuckets', '*'],
    ['PUT /bucket-two', 's3:CreateBucket', 'arn:aws:s3:::bucket-two'],
    ['DELETE /bucket-two', 's3:DeleteBucket', 'arn:aws:s3:::bucket-two'],
  ];
  for (const [request, action, resource, sending] of calls) {
    const others = s3.role([{ Effect: 'Allow', NotAction: action, Resource: '*' }]);
    assert.equal((await s3.send(request, { ...sending, as: others })).status, 403, `${request} without ${action}`);
    const elsewhere = s3.role([{ Effect: 'Allow', Action: action, Resource: 'arn:aws:s3:::other*' }]);
    assert.equal((await s3.send(request, { ...sending, as: elsewhere })).status, 403, `${request} elsewhere`);
    const just = s3.role([{ Effect: 'Allow', Action: action, Resource: resource }]);
    const answer = await s3.send(request, { ...sending, as: just });
    assert.ok(answer.status < 300, `${request} with ${action}: ${answer.text}`);
    if (request === 'DELETE /bucket/k') await s3.send('PUT /bucket/k', { body: 'x' });
  }
});

test('a denial reads as S3’s to the account’s own, and says nothing to others', async (t) => {
  const s3 = await withObject(t);
  const denied = await s3.send('GET /bucket/k', { as: s3.role([]) });
  assert.equal(
    element(denied.text, 'Message')?.replaceAll('&quot;', '"'),
    `User: arn:aws:sts::${ACCOUNT}:assumed-role/deploy/session is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::bucket/k" because no identity-based policy allows the s3:GetObject action`,
  );
  const stranger = s3.role([{ Effect: 'Allow', Action: 's3:*', Resource: '*' }], OTHER_ACCOUNT);
  assert.equal(element((await s3.send('GET /bucket/k', { as: stranger })).text, 'Message'), 'Access Denied');
});

test('tags and ACLs that come with a put need permission of their own', async (t) => {
  const s3 = await withObject(t);
  const putter = s3.role([{ Effect: 'Allow', Action: 's3:PutObject', Resource: OBJECTS }]);
  const status = async (headers: Readonly<Record<string, string>>): Promise<number> =>
    (await s3.send('PUT /bucket/new', { body: 'x', headers, as: putter })).status;
  assert.equal(await status({}), 200);
  assert.equal(await status({ 'x-amz-tagging': 'a=b' }), 403);
  assert.equal(await status({ 'x-amz-acl': 'bucket-owner-full-control' }), 403);
  assert.equal(await status({ 'if-match': '"x"' }), 403);
  assert.equal(await status({ 'if-none-match': '*' }), 412);
});

test('conditions on the tags of request and object', async (t) => {
  const s3 = await withObject(t);
  await s3.send('PUT /bucket/untagged', { body: 'x' });
  const team = s3.role([
    {
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:GetObjectTagging'],
      Resource: OBJECTS,
      Condition: { StringEquals: { 's3:ExistingObjectTag/team': 'ci' } },
    },
    {
      Effect: 'Allow',
      Action: ['s3:PutObject', 's3:PutObjectTagging'],
      Resource: OBJECTS,
      Condition: {
        StringEquals: { 's3:RequestObjectTag/team': 'ci' },
        'ForAllValues:StringEquals': { 's3:RequestObjectTagKeys': ['team'] },
      },
    },
  ]);
  assert.equal((await s3.send('GET /bucket/k', { as: team })).status, 200);
  assert.equal((await s3.send('GET /bucket/untagged', { as: team })).status, 403);
  const put = async (tagging: string): Promise<number> =>
    (await s3.send('PUT /bucket/n', { body: 'x', headers: { 'x-amz-tagging': tagging }, as: team })).status;
  assert.equal(await put('team=ci'), 200);
  assert.equal(await put('team=other'), 403);
  assert.equal(await put('team=ci&more=1'), 403);
  const body = '<Tagging><TagSet><Tag><Key>team</Key><Value>ci</Value></Tag></TagSet></Tagging>';
  assert.equal((await s3.send('PUT /bucket/k?tagging', { body, as: team })).status, 200);
  const other = body.replace('ci', 'other');
  assert.equal((await s3.send('PUT /bucket/k?tagging', { body: other, as: team })).status, 403);
});

test('keys of headers are there only when the header was sent', async (t) => {
  const s3 = await withObject(t);
  const encrypted = s3.role([
    { Effect: 'Allow', Action: 's3:PutObject', Resource: OBJECTS },
    {
      Effect: 'Deny',
      Action: 's3:PutObject',
      Resource: OBJECTS,
      Condition: { Null: { 's3:x-amz-server-side-encryption': 'true' } },
    },
  ]);
  const put = async (headers: Readonly<Record<string, string>>): Promise<number> =>
    (await s3.send('PUT /bucket/n', { body: 'x', headers, as: encrypted })).status;
  assert.equal(await put({ 'x-amz-server-side-encryption': 'AES256' }), 200);
  assert.equal(await put({}), 403);
});

test('how a request was signed is known to conditions', async (t) => {
  const s3 = await withObject(t);
  const fresh = s3.role([
    {
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: OBJECTS,
      Condition: {
        StringEquals: { 's3:authType': 'REST-QUERY-STRING' },
        NumericLessThan: { 's3:signatureAge': '60000' },
      },
    },
  ]);
  const presigned = async (date: string): Promise<number> =>
    (await s3.send(`GET /bucket/k?X-Amz-Date=${date}`, { as: fresh, presigned: true })).status;
  assert.equal(await presigned('20261122T115930Z'), 200);
  assert.equal(await presigned('20261122T115800Z'), 403);
  // Version 2 covers no X-Amz-Date: whoever holds the URL could add one.
  assert.equal(await presigned('20261122T115930Z&AWSAccessKeyId=A'), 403);
  assert.equal((await s3.send('GET /bucket/k', { as: fresh })).status, 403);
  const modern = s3.role([
    {
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: OBJECTS,
      Condition: { StringEquals: { 's3:signatureversion': 'AWS4-HMAC-SHA256' } },
    },
  ]);
  assert.equal((await s3.send('GET /bucket/k', { as: modern })).status, 200);
  assert.equal((await s3.send('GET /bucket/k?AWSAccessKeyId=A', { as: modern, presigned: true })).status, 403);
});

test('a bucket policy opens the bucket to another account, and denies its own', async (t) => {
  const s3 = await withObject(t);
  const policy = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: OTHER_ACCOUNT }, Action: 's3:GetObject', Resource: OBJECTS },
      { Effect: 'Deny', Principal: '*', Action: 's3:DeleteObject', Resource: OBJECTS },
    ],
  };
  assert.equal((await s3.send('PUT /bucket?policy', { body: JSON.stringify(policy) })).status, 200);
  assert.equal((await s3.send('GET /bucket?policy')).text, JSON.stringify(policy));
  assert.equal(element((await s3.send('GET /bucket?policyStatus')).text, 'IsPublic'), 'false');
  const reader = s3.role([{ Effect: 'Allow', Action: 's3:GetObject', Resource: OBJECTS }], OTHER_ACCOUNT);
  assert.equal((await s3.send('GET /bucket/k', { as: reader })).text, 'x');
  assert.equal((await s3.send('GET /bucket/k', { as: s3.role([], OTHER_ACCOUNT) })).status, 403);
  const denied = await s3.send('DELETE /bucket/k');
  assert.match(denied.text, /with an explicit deny in a resource-based policy/);
  assert.equal((await s3.send('GET /bucket?policy', { as: rootOf(OTHER_ACCOUNT) })).status, 403);
  assert.equal((await s3.send('DELETE /bucket?policy')).status, 204);
  assert.equal((await s3.send('DELETE /bucket/k')).status, 204);
});

test('the audit event names each bucket that the call touches, once', async (t) => {
  const s3 = await withObject(t);
  await s3.send('PUT /second');
  const arns = async (request: string, headers: Readonly<Record<string, string>> = {}): Promise<readonly string[]> =>
    (await s3.send(request, { headers })).notes.resources.map((resource) => resource.ARN);
  assert.deepEqual(await arns('GET /bucket/k'), [BUCKET]);
  assert.deepEqual(await arns('PUT /second/k', { 'x-amz-copy-source': 'bucket/k' }), ['arn:aws:s3:::second', BUCKET]);
  assert.deepEqual(await arns('GET /nowhere'), []);
});
