import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACCOUNT, openIam } from './iam-suite.ts';
import { ADMINISTRATOR_ACCESS, ALLOW_S3, TRUST } from './iam-suite-documents.ts';

test('what a role’s calls need: its ARN with path, its tags, its boundary, the tags and policy of the request', async (t) => {
  const { call, requirements } = await openIam(t);
  await call('CreateRole', {
    RoleName: 'deploy',
    Path: '/ci/',
    AssumeRolePolicyDocument: TRUST,
    PermissionsBoundary: ADMINISTRATOR_ACCESS,
    Tags: [{ Key: 'team', Value: 'ci' }],
  });
  const arn = `arn:aws:iam::${ACCOUNT}:role/ci/deploy`;
  const own = {
    'aws:ResourceTag/team': 'ci',
    'iam:ResourceTag/team': 'ci',
    'iam:PermissionsBoundary': ADMINISTRATOR_ACCESS,
  };
  assert.deepEqual(await requirements('AttachRolePolicy', { RoleName: 'deploy', PolicyArn: ADMINISTRATOR_ACCESS }), [
    { action: 'iam:AttachRolePolicy', resource: arn, context: { ...own, 'iam:PolicyARN': ADMINISTRATOR_ACCESS } },
  ]);
  assert.deepEqual(await requirements('UntagRole', { RoleName: 'deploy', TagKeys: ['team'] }), [
    { action: 'iam:UntagRole', resource: arn, context: { ...own, 'aws:TagKeys': ['team'] } },
  ]);
  assert.deepEqual(await requirements('GetRole', { RoleName: 'ghost' }), [
    { action: 'iam:GetRole', resource: `arn:aws:iam::${ACCOUNT}:role/ghost`, context: {} },
  ]);
  assert.deepEqual(await requirements('ListRoles', { PathPrefix: '/ci/' }), [
    { action: 'iam:ListRoles', resource: `arn:aws:iam::${ACCOUNT}:role/ci/`, context: {} },
  ]);
  const created = await requirements('CreateRole', {
    RoleName: 'new',
    AssumeRolePolicyDocument: TRUST,
    PermissionsBoundary: ADMINISTRATOR_ACCESS,
  });
  assert.deepEqual(created, [
    {
      action: 'iam:CreateRole',
      resource: `arn:aws:iam::${ACCOUNT}:role/new`,
      context: { 'iam:PermissionsBoundary': ADMINISTRATOR_ACCESS },
    },
  ]);
});

test('what a denial prints stands beside the ARN that is asked, where the call decides it', async (t) => {
  const { requirements, call, userCaller } = await openIam(t);
  const Tags = [{ Key: 'team', Value: 'ci' }];
  const policy = { PolicyName: 'reader', Path: '/ci/', PolicyDocument: ALLOW_S3, Tags };
  const [, tagging] = await requirements('CreatePolicy', policy);
  assert.equal(tagging?.resource, `arn:aws:iam::${ACCOUNT}:policy/ci/reader`);
  assert.equal(tagging?.printed, 'policy reader');
  await call('CreateUser', { UserName: 'alice', Path: '/people/' });
  const alice = await userCaller('alice');
  for (const name of ['CreateAccessKey', 'ListAccessKeys'] as const) {
    const [implied] = await requirements(name, {}, alice);
    assert.equal(implied?.resource, `arn:aws:iam::${ACCOUNT}:user/people/alice`);
    assert.equal(implied?.printed, 'user nullalice');
    const [named] = await requirements(name, { UserName: 'alice' }, alice);
    assert.equal(named?.printed, undefined, 'a user who is named has no path to print');
  }
});
