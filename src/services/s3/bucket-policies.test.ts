import assert from 'node:assert/strict';
import { test } from 'node:test';
import { element, openS3, OTHER_ACCOUNT, rootOf } from './s3-suite.ts';

function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

const PUBLIC = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::bucket/*' };

test('a public policy is kept out until the bucket lets it in', async (t) => {
  const s3 = await openS3(t);
  await s3.send('PUT /bucket');
  const blocked = await s3.send('PUT /bucket?policy', { body: policy(PUBLIC) });
  assert.deepEqual([blocked.status, blocked.code], [403, 'AccessDenied']);
  assert.match(blocked.text, /because public policies are prevented by the BlockPublicPolicy setting/);
  assert.equal((await s3.send('GET /bucket?policy')).code, 'NoSuchBucketPolicy');
  await s3.send('DELETE /bucket?publicAccessBlock');
  assert.equal((await s3.send('PUT /bucket?policy', { body: policy(PUBLIC) })).status, 200);
  assert.equal(element((await s3.send('GET /bucket?policyStatus')).text, 'IsPublic'), 'true');
  await s3.send('PUT /bucket/k', { body: 'x' });
  assert.equal((await s3.send('GET /bucket/k', { as: { kind: 'anonymous' } })).text, 'x');
  assert.equal((await s3.send('DELETE /bucket/k', { as: { kind: 'anonymous' } })).status, 403);
});

test('only the owning account handles the policy, whatever the policy says', async (t) => {
  const s3 = await openS3(t);
  await s3.send('PUT /bucket');
  const open = {
    Effect: 'Allow',
    Principal: { AWS: OTHER_ACCOUNT },
    Action: 's3:*BucketPolicy',
    Resource: 'arn:aws:s3:::bucket',
  };
  assert.equal((await s3.send('PUT /bucket?policy', { body: policy(open) })).status, 200);
  for (const request of ['GET /bucket?policy', 'DELETE /bucket?policy', 'PUT /bucket?policy']) {
    const answer = await s3.send(request, {
      as: rootOf(OTHER_ACCOUNT),
      ...(request.startsWith('PUT') && { body: policy(open) }),
    });
    assert.deepEqual([answer.status, answer.code], [405, 'MethodNotAllowed'], request);
  }
});

test('a canonical user id stands for its account; one of no account here is refused', async (t) => {
  const s3 = await openS3(t);
  await s3.send('PUT /bucket');
  const id = element((await s3.send('GET /bucket?acl')).text, 'ID') ?? '';
  const named = (CanonicalUser: string): string => policy({ ...PUBLIC, Effect: 'Deny', Principal: { CanonicalUser } });
  await s3.send('PUT /bucket/k', { body: 'x' });
  assert.equal((await s3.send('PUT /bucket?policy', { body: named(id) })).status, 200);
  assert.equal((await s3.send('GET /bucket/k')).code, 'AccessDenied');
  for (const unknown of ['0'.repeat(64), id.toUpperCase(), id.slice(1), '']) {
    const answer = await s3.send('PUT /bucket?policy', { body: named(unknown) });
    assert.deepEqual([answer.status, answer.code], [400, 'MalformedPolicy'], unknown);
    assert.match(answer.text, /Invalid principal in policy/);
  }
  assert.equal((await s3.send('GET /bucket?policy')).text, named(id));
});

test('a policy that S3 would not take changes nothing', async (t) => {
  const s3 = await openS3(t);
  await s3.send('PUT /bucket');
  const kept = policy({ ...PUBLIC, Principal: { AWS: OTHER_ACCOUNT } });
  await s3.send('PUT /bucket?policy', { body: kept });
  for (const body of [
    '',
    '{',
    policy({ ...PUBLIC, Resource: 'arn:aws:s3:::other/*' }),
    policy({ ...PUBLIC, Effect: 'Maybe' }),
  ]) {
    const answer = await s3.send('PUT /bucket?policy', { body });
    assert.equal(answer.status, 400, body);
  }
  assert.equal((await s3.send('GET /bucket?policy')).text, kept);
});

test('a policy that denies everything still leaves the root user its way back', async (t) => {
  const s3 = await openS3(t);
  await s3.send('PUT /bucket');
  const lockout = policy({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::bucket' });
  assert.equal((await s3.send('PUT /bucket?policy', { body: lockout })).status, 200);
  const admin = s3.role([{ Effect: 'Allow', Action: '*', Resource: '*' }]);
  assert.equal((await s3.send('GET /bucket')).status, 403);
  assert.equal((await s3.send('DELETE /bucket?policy', { as: admin })).status, 403);
  assert.equal((await s3.send('GET /bucket?policy')).text, lockout);
  assert.equal((await s3.send('DELETE /bucket?policy')).status, 204);
  assert.equal((await s3.send('GET /bucket')).status, 200);
});

test('RestrictPublicBuckets shuts everyone but the owning account out of a public bucket', async (t) => {
  const s3 = await openS3(t);
  await s3.send('PUT /bucket');
  await s3.send('PUT /bucket/k', { body: 'x' });
  await s3.send('DELETE /bucket?publicAccessBlock');
  await s3.send('PUT /bucket?policy', { body: policy(PUBLIC) });
  const stranger = s3.role([{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }], OTHER_ACCOUNT);
  assert.equal((await s3.send('GET /bucket/k', { as: stranger })).status, 200);
  const restrict =
    '<PublicAccessBlockConfiguration><RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>';
  await s3.send('PUT /bucket?publicAccessBlock', { body: restrict });
  assert.equal((await s3.send('GET /bucket/k', { as: stranger })).status, 403);
  assert.equal((await s3.send('GET /bucket/k', { as: { kind: 'anonymous' } })).status, 403);
  assert.equal((await s3.send('GET /bucket/k')).status, 200);
  await s3.send('PUT /bucket?policy', { body: policy({ ...PUBLIC, Principal: { AWS: OTHER_ACCOUNT } }) });
  assert.equal(
    (await s3.send('GET /bucket/k', { as: stranger })).status,
    200,
    'a policy that is not public is not restricted',
  );
});
