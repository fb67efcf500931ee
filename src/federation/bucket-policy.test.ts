import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAccountId } from '../base/arn.ts';
import { ServiceError } from '../base/service-error.ts';
import { parsePolicy } from '../policy/parse.ts';
import { checkBucketPolicy } from './bucket-policy.ts';
import { isPublicBucketPolicy } from './public-bucket-policy.ts';
import type { KnownPrincipals } from './trusted-principals.ts';

const ACCOUNT = '111122223333';
assert.ok(isAccountId(ACCOUNT));
const nothing = { get: async () => undefined, list: async () => [], count: async () => 0 };
const readers = { roles: nothing, users: nothing, organizations: nothing, organizationAccounts: nothing };
const known: KnownPrincipals = { readers, accounts: [ACCOUNT] };

const GRANT = {
  Effect: 'Allow',
  Principal: { AWS: '444455556666' },
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::bucket/*',
};

async function fault(statement: object): Promise<string | undefined> {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: [{ ...GRANT, ...statement }] });
  try {
    await checkBucketPolicy(text, 'bucket', known);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof ServiceError);
    assert.deepEqual([error.code, error.status], ['MalformedPolicy', 400]);
    return error.message;
  }
}

test('the resources are those of the bucket', async () => {
  const INVALID = 'Policy has invalid resource';
  assert.equal(await fault({}), undefined);
  assert.equal(await fault({ Resource: 'arn:aws:s3:::other/*' }), INVALID);
  assert.equal(await fault({ Resource: ['arn:aws:s3:::bucket/*', 'arn:aws:s3:::other/*'] }), INVALID);
  assert.equal(await fault({ Resource: 'arn:aws:s3:::buck?t/k' }), undefined);
  assert.equal(await fault({ Resource: 'arn:aws:s3:::b*' }), undefined);
  assert.equal(await fault({ Resource: 'arn:aws:s3:::bucket-two*' }), INVALID);
});

test('every action has a resource of its kind', async () => {
  const NOWHERE = 'Action does not apply to any resource(s) in statement';
  const bucket = 'arn:aws:s3:::bucket';
  assert.equal(await fault({ Action: 's3:GetObject', Resource: bucket }), NOWHERE);
  assert.equal(await fault({ Action: 's3:ListBucket', Resource: `${bucket}/*` }), NOWHERE);
  assert.equal(await fault({ Action: ['s3:ListBucket', 's3:GetObject'], Resource: bucket }), NOWHERE);
  assert.equal(
    await fault({ Action: ['s3:ListBucket', 's3:GetObject'], Resource: [bucket, `${bucket}/*`] }),
    undefined,
  );
  assert.equal(await fault({ Action: 's3:AbortMultipartUpload', Resource: `${bucket}/*` }), undefined);
  assert.equal(await fault({ Action: 's3:PutBucketObjectLockConfiguration', Resource: bucket }), undefined);
  assert.equal(await fault({ Action: 's3:*', Resource: bucket }), undefined);
  assert.equal(await fault({ Action: 's3:GetObject', Resource: `${bucket}*` }), undefined);
  assert.equal(await fault({ Action: 'sts:AssumeRole' }), 'Policy has invalid action');
});

test('principals of this Sojourn’s accounts have to exist', async () => {
  const INVALID = 'Invalid principal in policy';
  assert.equal(await fault({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/none` } }), INVALID);
  assert.equal(await fault({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }), undefined);
  assert.equal(await fault({ Principal: { AWS: 'arn:aws:iam::444455556666:role/theirs' } }), undefined);
  assert.equal(await fault({ Principal: { AWS: 'nobody' } }), INVALID);
});

test('more than 20 KB is too much', async () => {
  assert.match((await fault({ Sid: 'S'.repeat(20 * 1024) })) ?? '', /exceeds the maximum allowed document size/);
});

function isPublic(...statements: readonly object[]): boolean {
  const parsed = parsePolicy(
    JSON.stringify({ Statement: statements.map((statement) => ({ ...GRANT, ...statement })) }),
  );
  assert.ok(parsed.kind === 'policy');
  return isPublicBucketPolicy(parsed.policy);
}

test('public is what everyone may, unless a condition pins them down', () => {
  assert.equal(isPublic({}), false);
  assert.equal(isPublic({ Principal: '*' }), true);
  assert.equal(isPublic({ Principal: { AWS: '*' } }), true);
  assert.equal(isPublic({ Principal: { AWS: ['444455556666', '*'] } }), true);
  assert.equal(isPublic({ Principal: '*', Effect: 'Deny' }), false);
  assert.equal(isPublic({ Principal: '*' }, { Principal: '*', Effect: 'Deny' }), true);
  const pinned = (Condition: object): boolean => !isPublic({ Principal: '*', Condition });
  assert.equal(pinned({ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }), true);
  assert.equal(pinned({ StringLike: { 'aws:PrincipalOrgID': 'o-*' } }), false);
  assert.equal(pinned({ StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } }), false);
  assert.equal(pinned({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } }), false);
  assert.equal(pinned({ StringEquals: { 'aws:SourceVpc': '${aws:SourceVpc}' } }), false);
  assert.equal(pinned({ StringEquals: { 'aws:UserAgent': 'secret' } }), false);
  assert.equal(pinned({ IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }), true);
  assert.equal(pinned({ IpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '0.0.0.0/1'] } }), false);
  assert.equal(pinned({ NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }), false);
});
