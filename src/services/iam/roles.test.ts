import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeDocument } from './documents.ts';
import { accountOfId } from '../../base/unique-id.ts';
import { ACCOUNT, NOW, openIam } from './iam-suite.ts';
import { ADMINISTRATOR_ACCESS, ALLOW_S3, SERVICE_TRUST, TRUST } from './iam-suite-documents.ts';

const ARN = `arn:aws:iam::${ACCOUNT}:role/deploy`;

test('CreateRole answers without MaxSessionDuration when it was defaulted; GetRole has it, and an empty RoleLastUsed', async (t) => {
  const { call, xml } = await openIam(t);
  const { Role } = await call('CreateRole', { RoleName: 'deploy', AssumeRolePolicyDocument: TRUST });
  const { RoleId, ...rest } = Role;
  assert.deepEqual(rest, {
    Path: '/',
    RoleName: 'deploy',
    Arn: ARN,
    CreateDate: new Date(NOW),
    AssumeRolePolicyDocument: encodeDocument(TRUST),
  });
  assert.match(RoleId, /^AROA[A-Z2-7]{17}$/);
  assert.equal(accountOfId(RoleId), ACCOUNT);
  const got = await call('GetRole', { RoleName: 'deploy' });
  assert.deepEqual(got.Role, { ...rest, RoleId, MaxSessionDuration: 3600, RoleLastUsed: {} });
  assert.match(await xml('GetRole', { RoleName: 'deploy' }), /<CreateDate>2026-09-11T11:48:26Z<\/CreateDate>/);
});

test('everything that CreateRole may say comes back; lists leave tags and boundary out', async (t) => {
  const { call } = await openIam(t);
  const created = await call('CreateRole', {
    RoleName: 'deploy',
    Path: '/ci/team/',
    AssumeRolePolicyDocument: TRUST,
    Description: 'deploys',
    MaxSessionDuration: 7200,
    PermissionsBoundary: ADMINISTRATOR_ACCESS,
    Tags: [{ Key: 'team', Value: 'ci' }],
  });
  const { Role } = await call('GetRole', { RoleName: 'DEPLOY' });
  // The answer to the creation says neither.
  const settings = { Description: 'deploys', MaxSessionDuration: 7200, RoleLastUsed: {} };
  assert.deepEqual(Role, { ...created.Role, ...settings });
  assert.ok(!('Description' in created.Role) && !('MaxSessionDuration' in created.Role));
  assert.equal(Role.Arn, `arn:aws:iam::${ACCOUNT}:role/ci/team/deploy`);
  assert.equal(Role.MaxSessionDuration, 7200);
  assert.deepEqual(Role.PermissionsBoundary, {
    PermissionsBoundaryType: 'Policy',
    PermissionsBoundaryArn: ADMINISTRATOR_ACCESS,
  });
  const [listed] = (await call('ListRoles', {})).Roles;
  assert.equal(listed?.MaxSessionDuration, 7200);
  assert.equal(listed?.Description, 'deploys');
  assert.ok(listed !== undefined && !('Tags' in listed) && !('PermissionsBoundary' in listed));
  assert.ok(!('RoleLastUsed' in listed));
});

test('names are unique whatever the case and the path', async (t) => {
  const { call, refused } = await openIam(t);
  await call('CreateRole', { RoleName: 'deploy', AssumeRolePolicyDocument: TRUST });
  await refused(
    'CreateRole',
    { RoleName: 'Deploy', Path: '/other/', AssumeRolePolicyDocument: TRUST },
    { code: 'EntityAlreadyExists', status: 409, message: 'Role with name Deploy already exists.' },
  );
});

test('of 50 who create the same role at once one succeeds and 49 hear EntityAlreadyExists', async (t) => {
  const { call } = await openIam(t);
  const input = { RoleName: 'deploy', AssumeRolePolicyDocument: TRUST };
  const results = await Promise.allSettled(Array.from({ length: 50 }, () => call('CreateRole', input)));
  const refusals = results.filter((result) => result.status === 'rejected');
  assert.equal(refusals.length, 49);
  for (const { reason } of refusals) assert.equal(Object(reason).code, 'EntityAlreadyExists');
});

test('changes of one role at once are all kept', async (t) => {
  const { call } = await openIam(t);
  await call('CreateRole', { RoleName: 'deploy', AssumeRolePolicyDocument: TRUST });
  const names = Array.from({ length: 20 }, (_, index) => `policy-${String(index).padStart(2, '0')}`);
  await Promise.all(
    names.map((PolicyName) => call('PutRolePolicy', { RoleName: 'deploy', PolicyName, PolicyDocument: ALLOW_S3 })),
  );
  assert.deepEqual((await call('ListRolePolicies', { RoleName: 'deploy' })).PolicyNames, names);
});

test('UpdateRole keeps what it does not name; UpdateRoleDescription answers with the role', async (t) => {
  const { call } = await openIam(t);
  await call('CreateRole', { RoleName: 'deploy', AssumeRolePolicyDocument: TRUST, Description: 'one' });
  await call('UpdateRole', { RoleName: 'deploy', MaxSessionDuration: 43200 });
  const { Role } = await call('UpdateRoleDescription', { RoleName: 'deploy', Description: 'two' });
  assert.equal(Role?.Description, 'two');
  assert.ok(Role !== undefined && !('MaxSessionDuration' in Role));
  assert.equal((await call('GetRole', { RoleName: 'deploy' })).Role.MaxSessionDuration, 43200);
});

test('UpdateAssumeRolePolicy replaces the document, and refuses a bad one without a trace', async (t) => {
  const { call, refused } = await openIam(t);
  await call('CreateRole', { RoleName: 'deploy', AssumeRolePolicyDocument: TRUST });
  await call('UpdateAssumeRolePolicy', { RoleName: 'deploy', PolicyDocument: SERVICE_TRUST });
  await refused(
    'UpdateAssumeRolePolicy',
    { RoleName: 'deploy', PolicyDocument: 'no JSON' },
    { code: 'MalformedPolicyDocument', status: 400, message: 'This policy contains invalid Json' },
  );
  const { Role } = await call('GetRole', { RoleName: 'deploy' });
  assert.equal(decodeURIComponent(Role.AssumeRolePolicyDocument ?? ''), SERVICE_TRUST);
});

test('a role may name itself when it exists, and not before', async (t) => {
  const { call, refused } = await openIam(t);
  const self = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { AWS: ARN }, Action: 'sts:AssumeRole' },
  });
  await refused(
    'CreateRole',
    { RoleName: 'deploy', AssumeRolePolicyDocument: self },
    { code: 'MalformedPolicyDocument', status: 400, message: `Invalid principal in policy: "AWS":"${ARN}"` },
  );
  await call('CreateRole', { RoleName: 'deploy', AssumeRolePolicyDocument: TRUST });
  await call('UpdateAssumeRolePolicy', { RoleName: 'deploy', PolicyDocument: self });
});

test('a trust policy over 2048 characters is refused; white space does not count', async (t) => {
  const { call, refused } = await openIam(t);
  const spaced = TRUST.replace('{', `{${' '.repeat(3000)}`);
  await call('CreateRole', { RoleName: 'spaced', AssumeRolePolicyDocument: spaced });
  const long = JSON.stringify({
    Version: '2012-10-17',
    Statement: Array.from({ length: 20 }, (_, index) => ({
      Sid: `Statement${index}`,
      Effect: 'Allow',
      Principal: { Service: 'ec2.amazonaws.com' },
      Action: 'sts:AssumeRole',
    })),
  });
  assert.ok(long.length > 2048);
  await refused(
    'CreateRole',
    { RoleName: 'long', AssumeRolePolicyDocument: long },
    { code: 'LimitExceeded', status: 409, message: 'Cannot exceed quota for ACLSizePerRole: 2048' },
  );
});

test('DeleteRole: profiles, attachments and inline policies must go first', async (t) => {
  const { call, refused, sojourn } = await openIam(t);
  const named = { RoleName: 'deploy' };
  const conflict = (first: string): { code: string; status: number; message: string } => ({
    code: 'DeleteConflict',
    status: 409,
    message: `Cannot delete entity, must ${first} first.`,
  });
  await call('CreateRole', { ...named, AssumeRolePolicyDocument: TRUST, PermissionsBoundary: ADMINISTRATOR_ACCESS });
  await call('CreateInstanceProfile', { InstanceProfileName: 'profile' });
  await call('AddRoleToInstanceProfile', { ...named, InstanceProfileName: 'profile' });
  await call('AttachRolePolicy', { ...named, PolicyArn: ADMINISTRATOR_ACCESS });
  await call('PutRolePolicy', { ...named, PolicyName: 'p', PolicyDocument: ALLOW_S3 });
  await refused('DeleteRole', named, conflict('remove roles from instance profile'));
  await call('RemoveRoleFromInstanceProfile', { ...named, InstanceProfileName: 'profile' });
  await refused('DeleteRole', named, conflict('detach all policies'));
  await call('DetachRolePolicy', { ...named, PolicyArn: ADMINISTRATOR_ACCESS });
  await refused('DeleteRole', named, conflict('delete policies'));
  await call('DeleteRolePolicy', { ...named, PolicyName: 'p' });
  await call('DeleteRole', named);
  const missing = { code: 'NoSuchEntity', status: 404, message: 'The role with name deploy cannot be found.' };
  await refused('DeleteRole', named, missing);
  assert.equal(await sojourn.state.policyHolders.count(''), 0);
});

test('every call on a role that does not exist says so', async (t) => {
  const { refused } = await openIam(t);
  const missing = { code: 'NoSuchEntity', status: 404, message: 'The role with name ghost cannot be found.' };
  const named = { RoleName: 'ghost' };
  await refused('GetRole', named, missing);
  await refused('UpdateRole', named, missing);
  await refused('UpdateRoleDescription', { ...named, Description: '' }, missing);
  await refused('UpdateAssumeRolePolicy', { ...named, PolicyDocument: TRUST }, missing);
  await refused('PutRolePolicy', { ...named, PolicyName: 'p', PolicyDocument: ALLOW_S3 }, missing);
  await refused('GetRolePolicy', { ...named, PolicyName: 'p' }, missing);
  await refused('ListRolePolicies', named, missing);
  await refused('DeleteRolePolicy', { ...named, PolicyName: 'p' }, missing);
  await refused('AttachRolePolicy', { ...named, PolicyArn: ADMINISTRATOR_ACCESS }, missing);
  await refused('DetachRolePolicy', { ...named, PolicyArn: ADMINISTRATOR_ACCESS }, missing);
  await refused('ListAttachedRolePolicies', named, missing);
  await refused('PutRolePermissionsBoundary', { ...named, PermissionsBoundary: ADMINISTRATOR_ACCESS }, missing);
  await refused('DeleteRolePermissionsBoundary', named, missing);
  await refused('TagRole', { ...named, Tags: [] }, missing);
  await refused('UntagRole', { ...named, TagKeys: [] }, missing);
  await refused('ListRoleTags', named, missing);
  await refused('ListInstanceProfilesForRole', named, missing);
});
