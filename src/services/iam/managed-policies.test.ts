import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeDocument } from './documents.ts';
import { ACCOUNT, NOW, openIam } from './iam-suite.ts';
import { ADMINISTRATOR_ACCESS, ALLOW_S3, TRUST } from './iam-suite-documents.ts';

const ARN = `arn:aws:iam::${ACCOUNT}:policy/ci/s3`;
const DRAFT = { PolicyName: 's3', Path: '/ci/', PolicyDocument: ALLOW_S3 } as const;
const NAMED = { PolicyArn: ARN } as const;
const MISSING = { code: 'NoSuchEntity', status: 404, message: `Policy ${ARN} was not found.` };

test('a policy begins with version v1; GetPolicy adds its tags', async (t) => {
  const { call } = await openIam(t);
  const { Policy } = await call('CreatePolicy', { ...DRAFT, Description: 'objects' });
  assert.match(Policy?.PolicyId ?? '', /^ANPA[A-Z2-7]{17}$/);
  assert.deepEqual(Policy, {
    PolicyName: 's3',
    PolicyId: Policy?.PolicyId,
    Arn: ARN,
    Path: '/ci/',
    DefaultVersionId: 'v1',
    AttachmentCount: 0,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: new Date(NOW),
    UpdateDate: new Date(NOW),
  });
  assert.deepEqual((await call('GetPolicy', NAMED)).Policy, { ...Policy, Description: 'objects', Tags: [] });
  assert.deepEqual((await call('GetPolicyVersion', { ...NAMED, VersionId: 'v1' })).PolicyVersion, {
    Document: encodeDocument(ALLOW_S3),
    VersionId: 'v1',
    IsDefaultVersion: true,
    CreateDate: new Date(NOW),
  });
});

test('names are unique whatever the path and the case', async (t) => {
  const { call, refused } = await openIam(t);
  await call('CreatePolicy', DRAFT);
  await refused(
    'CreatePolicy',
    { ...DRAFT, PolicyName: 'S3', Path: '/other/' },
    {
      code: 'EntityAlreadyExists',
      status: 409,
      message: 'A policy called S3 already exists. Duplicate names are not allowed.',
    },
  );
  await call('DeletePolicy', NAMED);
  await call('CreatePolicy', { ...DRAFT, PolicyName: 'S3', Path: '/other/' });
});

test('documents: malformed, too long', async (t) => {
  const { call, refused } = await openIam(t);
  const malformed = { code: 'MalformedPolicyDocument', status: 400, message: /./ };
  const long = { code: 'LimitExceeded', status: 409, message: 'Cannot exceed quota for PolicySize: 6144' };
  const tooLong = ALLOW_S3.replace('bucket', 'x'.repeat(6144));
  await refused('CreatePolicy', { ...DRAFT, PolicyDocument: TRUST }, malformed);
  await refused('CreatePolicy', { ...DRAFT, PolicyDocument: tooLong }, long);
  await call('CreatePolicy', { ...DRAFT, PolicyDocument: ALLOW_S3.replace('{', `{${' '.repeat(6144)}`) });
  await refused('CreatePolicyVersion', { ...NAMED, PolicyDocument: '{' }, malformed);
  await refused('CreatePolicyVersion', { ...NAMED, PolicyDocument: tooLong }, long);
});

test('versions: five at most, numbers never used twice, the default one stays', async (t) => {
  const { call, refused } = await openIam(t);
  await call('CreatePolicy', DRAFT);
  for (let version = 2; version <= 5; version++) {
    const { PolicyVersion } = await call('CreatePolicyVersion', { ...NAMED, PolicyDocument: ALLOW_S3 });
    assert.deepEqual([PolicyVersion?.VersionId, PolicyVersion?.IsDefaultVersion], [`v${version}`, false]);
  }
  await refused(
    'CreatePolicyVersion',
    { ...NAMED, PolicyDocument: ALLOW_S3 },
    {
      code: 'LimitExceeded',
      status: 409,
      message:
        'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
    },
  );
  await call('SetDefaultPolicyVersion', { ...NAMED, VersionId: 'v5' });
  const isDefault = { code: 'DeleteConflict', status: 409, message: 'Cannot delete the default version of a policy.' };
  await refused('DeletePolicyVersion', { ...NAMED, VersionId: 'v5' }, isDefault);
  await call('DeletePolicyVersion', { ...NAMED, VersionId: 'v1' });
  const absent = {
    code: 'NoSuchEntity',
    status: 404,
    message: `Policy ${ARN} version v1 does not exist or is not attachable.`,
  };
  await refused('DeletePolicyVersion', { ...NAMED, VersionId: 'v1' }, absent);
  await refused('GetPolicyVersion', { ...NAMED, VersionId: 'v1' }, absent);
  await refused('SetDefaultPolicyVersion', { ...NAMED, VersionId: 'v1' }, absent);
  const { PolicyVersion } = await call('CreatePolicyVersion', {
    ...NAMED,
    PolicyDocument: ALLOW_S3,
    SetAsDefault: true,
  });
  assert.deepEqual([PolicyVersion?.VersionId, PolicyVersion?.IsDefaultVersion], ['v6', true]);
  const page = await call('ListPolicyVersions', { ...NAMED, MaxItems: 2 });
  const ids = (versions: typeof page.Versions): unknown => versions?.map(({ VersionId }) => VersionId);
  assert.deepEqual([ids(page.Versions), page.IsTruncated], [['v6', 'v5'], true]);
  const rest = await call('ListPolicyVersions', { ...NAMED, Marker: page.Marker });
  assert.deepEqual([ids(rest.Versions), rest.IsTruncated], [['v4', 'v3', 'v2'], false]);
});

test('DeletePolicy: detached, and with one version', async (t) => {
  const { call, refused } = await openIam(t);
  await call('CreatePolicy', DRAFT);
  await call('CreateRole', { RoleName: 'deploy', AssumeRolePolicyDocument: TRUST, PermissionsBoundary: ARN });
  const attached = { code: 'DeleteConflict', status: 409, message: 'Cannot delete a policy attached to entities.' };
  await refused('DeletePolicy', NAMED, attached);
  await call('DeleteRolePermissionsBoundary', { RoleName: 'deploy' });
  await call('CreatePolicyVersion', { ...NAMED, PolicyDocument: ALLOW_S3 });
  await refused('DeletePolicy', NAMED, { code: 'DeleteConflict', status: 409, message: /more than one version/ });
  await call('DeletePolicyVersion', { ...NAMED, VersionId: 'v2' });
  await call('DeletePolicy', NAMED);
  await refused('DeletePolicy', NAMED, MISSING);
});

test('every call on a policy that does not exist says so', async (t) => {
  const { refused } = await openIam(t);
  const noVersion = { ...MISSING, message: `Policy ${ARN} version v1 does not exist or is not attachable.` };
  await refused('GetPolicy', NAMED, MISSING);
  await refused('GetPolicyVersion', { ...NAMED, VersionId: 'v1' }, noVersion);
  await refused('ListPolicyVersions', NAMED, MISSING);
  await refused('CreatePolicyVersion', { ...NAMED, PolicyDocument: ALLOW_S3 }, MISSING);
  await refused('DeletePolicyVersion', { ...NAMED, VersionId: 'v1' }, noVersion);
  await refused('SetDefaultPolicyVersion', { ...NAMED, VersionId: 'v1' }, noVersion);
  await refused('ListEntitiesForPolicy', NAMED, MISSING);
  await refused('TagPolicy', { ...NAMED, Tags: [] }, MISSING);
  await refused('UntagPolicy', { ...NAMED, TagKeys: [] }, MISSING);
  await refused('ListPolicyTags', NAMED, MISSING);
});

test('attaching: twice is once, ten at most, a name in place of the ARN and a missing policy are refused', async (t) => {
  const { call, refused, sojourn } = await openIam(t);
  const role = { RoleName: 'deploy' };
  await call('CreateRole', { ...role, AssumeRolePolicyDocument: TRUST });
  await call('CreatePolicy', DRAFT);
  await call('AttachRolePolicy', { ...role, ...NAMED });
  await call('AttachRolePolicy', { ...role, ...NAMED });
  await call('AttachRolePolicy', { ...role, PolicyArn: ADMINISTRATOR_ACCESS });
  const page = await call('ListAttachedRolePolicies', role);
  assert.deepEqual(page.AttachedPolicies, [
    { PolicyName: 's3', PolicyArn: ARN },
    { PolicyName: 'AdministratorAccess', PolicyArn: ADMINISTRATOR_ACCESS },
  ]);
  const under = await call('ListAttachedRolePolicies', { ...role, PathPrefix: '/ci/' });
  assert.deepEqual(under.AttachedPolicies, [{ PolicyName: 's3', PolicyArn: ARN }]);
  const absent = `arn:aws:iam::${ACCOUNT}:policy/absent`;
  const unattachable = (arn: string): { code: string; status: number; message: string } => ({
    code: 'NoSuchEntity',
    status: 404,
    message: `Policy ${arn} does not exist or is not attachable.`,
  });
  await refused('AttachRolePolicy', { ...role, PolicyArn: absent }, unattachable(absent));
  const foreign = 'arn:aws:iam::210987654321:policy/theirs';
  await refused('AttachRolePolicy', { ...role, PolicyArn: foreign }, unattachable(foreign));
  const unparsed = { code: 'ValidationError', status: 400, message: 'Invalid ARN:  Could not be parsed!' };
  await refused(
    'AttachRolePolicy',
    { ...role, PolicyArn: 'a-name-of-twenty-letters' },
    { ...unparsed, message: 'ARN a-name-of-twenty-letters is not valid.' },
  );
  await refused('DetachRolePolicy', { ...role, PolicyArn: 'a-name-of-twenty-letters' }, unparsed);
  for (let index = 0; index < 8; index++) {
    const { Policy } = await call('CreatePolicy', { PolicyName: `more-${index}`, PolicyDocument: ALLOW_S3 });
    await call('AttachRolePolicy', { ...role, PolicyArn: Policy?.Arn ?? '' });
  }
  await call('CreatePolicy', { PolicyName: 'eleventh', PolicyDocument: ALLOW_S3 });
  await refused(
    'AttachRolePolicy',
    { ...role, PolicyArn: `arn:aws:iam::${ACCOUNT}:policy/eleventh` },
    {
      code: 'LimitExceeded',
      status: 409,
      message: 'Cannot exceed quota for PoliciesPerRole: 10',
    },
  );
  await call('DetachRolePolicy', { ...role, ...NAMED });
  await refused('DetachRolePolicy', { ...role, ...NAMED }, MISSING);
  assert.equal(await sojourn.state.policyHolders.count(`${ACCOUNT}|${ARN}|`), 0);
});

test('ListEntitiesForPolicy: roles, users and groups, by kind, use and path', async (t) => {
  const { call } = await openIam(t);
  await call('CreatePolicy', DRAFT);
  await call('CreateRole', { RoleName: 'deploy', Path: '/ci/', AssumeRolePolicyDocument: TRUST });
  await call('CreateUser', { UserName: 'alice', PermissionsBoundary: ARN });
  await call('CreateGroup', { GroupName: 'admins' });
  await call('AttachRolePolicy', { RoleName: 'deploy', ...NAMED });
  await call('AttachUserPolicy', { UserName: 'alice', ...NAMED });
  await call('AttachGroupPolicy', { GroupName: 'admins', ...NAMED });
  const names = async (filter: object): Promise<unknown> => {
    const found = await call('ListEntitiesForPolicy', { ...NAMED, ...filter });
    return [
      ...(found.PolicyGroups ?? []).map(({ GroupName }) => `group ${GroupName}`),
      ...(found.PolicyUsers ?? []).map(({ UserName }) => `user ${UserName}`),
      ...(found.PolicyRoles ?? []).map(({ RoleName }) => `role ${RoleName}`),
    ];
  };
  assert.deepEqual(await names({ PolicyUsageFilter: 'PermissionsPolicy' }), [
    'group admins',
    'user alice',
    'role deploy',
  ]);
  assert.deepEqual(await names({ PolicyUsageFilter: 'PermissionsBoundary' }), ['user alice']);
  assert.deepEqual(await names({ EntityFilter: 'Role' }), ['role deploy']);
  assert.deepEqual(await names({ PathPrefix: '/ci/' }), ['role deploy']);
  const { Policy } = await call('GetPolicy', NAMED);
  assert.deepEqual([Policy?.AttachmentCount, Policy?.PermissionsBoundaryUsageCount], [3, 1]);
});

test('ListPolicies: scope, path, use and pages over AWS’s and the account’s own', async (t) => {
  const { call } = await openIam(t);
  await call('CreatePolicy', DRAFT);
  await call('CreatePolicy', { PolicyName: 'Another', PolicyDocument: ALLOW_S3 });
  await call('CreateRole', { RoleName: 'deploy', AssumeRolePolicyDocument: TRUST });
  await call('AttachRolePolicy', { RoleName: 'deploy', ...NAMED });
  const names = async (input: object): Promise<unknown> =>
    (await call('ListPolicies', input)).Policies?.map(({ PolicyName }) => PolicyName);
  assert.deepEqual(await names({ Scope: 'Local' }), ['Another', 's3']);
  assert.deepEqual(await names({ Scope: 'Local', PathPrefix: '/ci/' }), ['s3']);
  assert.deepEqual(await names({ OnlyAttached: true }), ['s3']);
  assert.deepEqual(await names({ OnlyAttached: true, PolicyUsageFilter: 'PermissionsBoundary' }), []);
  assert.deepEqual(await names({ OnlyAttached: true, PolicyUsageFilter: 'PermissionsPolicy' }), ['s3']);
  const unasked = { Scope: 'Local', OnlyAttached: false, PolicyUsageFilter: 'PermissionsBoundary' };
  assert.deepEqual(await names(unasked), ['Another', 's3'], 'a use was asked of policies that nothing holds');
  const everything: string[] = [];
  let Marker: string | undefined;
  do {
    const page = await call('ListPolicies', { MaxItems: 2, Marker });
    everything.push(...(page.Policies ?? []).map(({ PolicyName }) => PolicyName ?? ''));
    Marker = page.Marker;
    assert.equal(page.IsTruncated, Marker !== undefined);
  } while (Marker !== undefined);
  assert.equal(everything.length, 9);
  assert.deepEqual([everything[0], everything.at(-2), everything.at(-1)], ['AdministratorAccess', 'Another', 's3']);
});

test('AWS’s policies are read like others, and changed by nobody', async (t) => {
  const { call, refused } = await openIam(t);
  const named = { PolicyArn: ADMINISTRATOR_ACCESS };
  assert.equal((await call('GetPolicy', named)).Policy?.PolicyName, 'AdministratorAccess');
  const { PolicyVersion } = await call('GetPolicyVersion', { ...named, VersionId: 'v1' });
  assert.match(decodeURIComponent(PolicyVersion?.Document ?? ''), /"Action": "\*"/);
  const outside = (what: string): { code: string; status: number; message: string } => ({
    code: 'AccessDenied',
    status: 403,
    message: `Cannot ${what} outside your own account.`,
  });
  const version = { ...named, VersionId: 'v1' };
  await refused('DeletePolicy', named, outside('delete policies'));
  await refused('DeletePolicy', { PolicyArn: 'arn:aws:iam::aws:policy/NoSuchOne' }, outside('delete policies'));
  await refused('CreatePolicyVersion', { ...named, PolicyDocument: ALLOW_S3 }, outside('create versions for policies'));
  await refused('SetDefaultPolicyVersion', version, outside('update policies'));
  await refused('DeletePolicyVersion', version, outside('delete policy versions for policies'));
  const untaggable = { code: 'InvalidInput', status: 400, message: 'Tags not supported for policies in this domain' };
  await refused('TagPolicy', { ...named, Tags: [{ Key: 'a', Value: 'b' }] }, untaggable);
  await refused('UntagPolicy', { ...named, TagKeys: ['a'] }, untaggable);
  assert.deepEqual((await call('ListPolicyTags', named)).Tags, []);
  const elsewhere = { code: 'ValidationError', status: 400, message: 'Invalid ARN partition' };
  await refused('GetPolicy', { PolicyArn: 'arn:aws-cn:iam::aws:policy/AdministratorAccess' }, elsewhere);
});

test('policies that AWS keeps for itself are attached by nobody, nor set as boundary', async (t) => {
  const { call, refused } = await openIam(t);
  await call('CreateRole', { RoleName: 'deploy', AssumeRolePolicyDocument: TRUST });
  await call('CreateUser', { UserName: 'alice' });
  await call('CreateGroup', { GroupName: 'admins' });
  const PolicyArn = 'arn:aws:iam::aws:policy/aws-service-role/AutoScalingServiceRolePolicy';
  const PermissionsBoundary = 'arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials';
  const reserved = (message: string): { code: string; status: number; message: string } => ({
    code: 'PolicyNotAttachable',
    status: 400,
    message,
  });
  const ofUsers = reserved('Cannot attach AWS reserved policy to an IAM user.');
  await refused('AttachUserPolicy', { UserName: 'alice', PolicyArn }, ofUsers);
  await refused('PutUserPermissionsBoundary', { UserName: 'alice', PermissionsBoundary }, ofUsers);
  const ofRoles = reserved('Cannot attach a Service Role Policy to a Customer Role.');
  await refused('AttachRolePolicy', { RoleName: 'deploy', PolicyArn }, ofRoles);
  await refused(
    'AttachGroupPolicy',
    { GroupName: 'admins', PolicyArn },
    reserved(ofUsers.message.replace('user', 'group')),
  );
  await refused(
    'AttachRolePolicy',
    { RoleName: 'deploy', PolicyArn: 'arn:aws:iam::aws:policy/service-role/NoSuchOne' },
    { code: 'NoSuchEntity', status: 404, message: /does not exist or is not attachable/ },
  );
});

test('tags of policies: keys that differ in case are two tags', async (t) => {
  const { call, refused } = await openIam(t);
  const team = { Key: 'team', Value: 'ci' };
  const app = { Key: 'app', Value: '' };
  const upper = { Key: 'TEAM', Value: 'x' };
  await call('CreatePolicy', { ...DRAFT, Tags: [team] });
  await call('TagPolicy', { ...NAMED, Tags: [upper, app] });
  assert.deepEqual((await call('ListPolicyTags', NAMED)).Tags, [upper, app, team]);
  await call('UntagPolicy', { ...NAMED, TagKeys: ['team', 'APP'] });
  assert.deepEqual((await call('ListPolicyTags', NAMED)).Tags, [upper, app]);
  const invalid = { code: 'InvalidInput', status: 400, message: 'Duplicate tag keys found.' };
  await refused('TagPolicy', { ...NAMED, Tags: [team, team] }, invalid);
  const noTags = { ...invalid, message: 'The provided tag map must not be null/empty.' };
  await refused('TagPolicy', { ...NAMED, Tags: [] }, noTags);
  const noKeys = { ...invalid, message: 'The provided tag keys must not be null/empty.' };
  await refused('UntagPolicy', { ...NAMED, TagKeys: [] }, noKeys);
});
