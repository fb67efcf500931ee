import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openIam } from './iam-suite.ts';
import { ALLOW_S3, TRUST } from './iam-suite-documents.ts';

test('a document that holds an escape comes back unchanged after one decoding', async (t) => {
  const { call } = await openIam(t);
  const document = ALLOW_S3.replace('bucket', "b%3Au(c)k'e!t*");
  await call('CreateRole', { RoleName: 'deploy', AssumeRolePolicyDocument: TRUST });
  await call('PutRolePolicy', { RoleName: 'deploy', PolicyName: 'p', PolicyDocument: document });
  const { PolicyDocument } = await call('GetRolePolicy', { RoleName: 'deploy', PolicyName: 'p' });
  assert.equal(decodeURIComponent(PolicyDocument), document);
  assert.match(PolicyDocument, /^[A-Za-z0-9\-._~%]+$/);
});

test('inline policies: a prototype’s names are ordinary names, sizes add up to 10240', async (t) => {
  const { call, refused } = await openIam(t);
  const named = { RoleName: 'deploy' };
  await call('CreateRole', { ...named, AssumeRolePolicyDocument: TRUST });
  await refused(
    'GetRolePolicy',
    { ...named, PolicyName: 'constructor' },
    { code: 'NoSuchEntity', status: 404, message: 'The role policy with name constructor cannot be found.' },
  );
  await call('PutRolePolicy', { ...named, PolicyName: '__proto__', PolicyDocument: ALLOW_S3 });
  await call('GetRolePolicy', { ...named, PolicyName: '__proto__' });
  await call('DeleteRolePolicy', { ...named, PolicyName: '__proto__' });
  const half = ALLOW_S3.replace('bucket', 'x'.repeat(6000));
  await call('PutRolePolicy', { ...named, PolicyName: 'one', PolicyDocument: half });
  await refused(
    'PutRolePolicy',
    { ...named, PolicyName: 'two', PolicyDocument: half },
    { code: 'LimitExceeded', status: 409, message: 'Maximum policy size of 10240 bytes exceeded for role deploy' },
  );
  await call('PutRolePolicy', { ...named, PolicyName: 'one', PolicyDocument: half });
  await refused(
    'PutRolePolicy',
    { ...named, PolicyName: 'bad', PolicyDocument: '{}' },
    { code: 'MalformedPolicyDocument', status: 400, message: /./ },
  );
});

for (const kind of ['User', 'Group', 'Role'] as const) {
  test(`the inline policies of a ${kind.toLowerCase()} go by name without case; the first spelling stays`, async (t) => {
    const { call, refused } = await openIam(t);
    const named = { UserName: 'one', GroupName: 'one', RoleName: 'one' };
    await call('CreateUser', named);
    await call('CreateGroup', named);
    await call('CreateRole', { ...named, AssumeRolePolicyDocument: TRUST });
    const deny = ALLOW_S3.replace('Allow', 'Deny');
    await call(`Put${kind}Policy`, { ...named, PolicyName: 'MixedName', PolicyDocument: ALLOW_S3 });
    await call(`Put${kind}Policy`, { ...named, PolicyName: 'mixedname', PolicyDocument: deny });
    const listed = await call(
      kind === 'User' ? 'ListUserPolicies' : kind === 'Group' ? 'ListGroupPolicies' : 'ListRolePolicies',
      named,
    );
    assert.deepEqual(listed.PolicyNames, ['MixedName']);
    const got = await call(`Get${kind}Policy`, { ...named, PolicyName: 'MIXEDNAME' });
    assert.deepEqual([got.PolicyName, decodeURIComponent(got.PolicyDocument)], ['MIXEDNAME', deny]);
    await call(`Delete${kind}Policy`, { ...named, PolicyName: 'mIXEDnAME' });
    await refused(
      `Get${kind}Policy`,
      { ...named, PolicyName: 'MixedName' },
      { code: 'NoSuchEntity', status: 404, message: /policy with name MixedName cannot be found/ },
    );
  });
}
