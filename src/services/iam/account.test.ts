import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACCOUNT, type IamUnderTest, openIam } from './iam-suite.ts';
import { ADMINISTRATOR_ACCESS, ALLOW_S3, TRUST } from './iam-suite-documents.ts';

test('an account has one alias; a new one takes its place; only its own can be deleted', async (t) => {
  const { call, refused } = await openIam(t);
  assert.deepEqual((await call('ListAccountAliases', {})).AccountAliases, []);
  await call('CreateAccountAlias', { AccountAlias: 'acme' });
  await call('CreateAccountAlias', { AccountAlias: 'acme-ci' });
  assert.deepEqual((await call('ListAccountAliases', {})).AccountAliases, ['acme-ci']);
  await refused(
    'CreateAccountAlias',
    { AccountAlias: 'acme-ci' },
    { code: 'EntityAlreadyExists', status: 409, message: 'The account alias acme-ci already exists.' },
  );
  await refused(
    'DeleteAccountAlias',
    { AccountAlias: 'acme' },
    { code: 'NoSuchEntity', status: 404, message: 'The account alias acme cannot be found.' },
  );
  await call('DeleteAccountAlias', { AccountAlias: 'acme-ci' });
  assert.deepEqual((await call('ListAccountAliases', {})).AccountAliases, []);
});

test('the summary counts what is there', async (t) => {
  const { call } = await openIam(t);
  await populate(call);
  const { SummaryMap } = await call('GetAccountSummary', {});
  const { Users, Groups, Roles, Policies, Providers, InstanceProfiles, PolicySizeQuota } = SummaryMap ?? {};
  assert.deepEqual(
    { Users, Groups, Roles, Policies, Providers, InstanceProfiles, PolicySizeQuota },
    { Users: 1, Groups: 1, Roles: 2, Policies: 1, Providers: 1, InstanceProfiles: 1, PolicySizeQuota: 6144 },
  );
});

test('authorization details hold everything, documents encoded', async (t) => {
  const { call } = await openIam(t);
  await populate(call);
  const details = await call('GetAccountAuthorizationDetails', {});
  const [user] = details.UserDetailList ?? [];
  assert.deepEqual([user?.UserName, user?.GroupList], ['alice', ['Admins']]);
  const [group] = details.GroupDetailList ?? [];
  assert.equal(decodeURIComponent(group?.GroupPolicyList?.[0]?.PolicyDocument ?? ''), ALLOW_S3);
  const [role, second] = details.RoleDetailList ?? [];
  assert.deepEqual([role?.RoleName, second?.RoleName], ['deploy', 'other']);
  assert.equal(decodeURIComponent(role?.AssumeRolePolicyDocument ?? ''), TRUST);
  assert.equal(role?.InstanceProfileList?.[0]?.InstanceProfileName, 'profile');
  assert.deepEqual(role?.AttachedManagedPolicies, [
    { PolicyName: 'AdministratorAccess', PolicyArn: ADMINISTRATOR_ACCESS },
  ]);
  assert.deepEqual(
    details.Policies?.map(({ PolicyName }) => PolicyName),
    ['AdministratorAccess', 's3'],
  );
  assert.equal(details.IsTruncated, false);
});

test('authorization details by filter', async (t) => {
  const { call } = await openIam(t);
  await populate(call);
  const only = await call('GetAccountAuthorizationDetails', { Filter: ['Role', 'LocalManagedPolicy'] });
  assert.deepEqual(
    [only.UserDetailList, only.GroupDetailList, only.RoleDetailList?.length, only.Policies?.length],
    [[], [], 2, 1],
  );
  const aws = await call('GetAccountAuthorizationDetails', { Filter: ['AWSManagedPolicy'] });
  assert.deepEqual([aws.RoleDetailList?.length, aws.Policies?.length], [0, 1]);
});

test('authorization details page by page are the same as at once', async (t) => {
  const { call } = await openIam(t);
  await populate(call);
  const names: unknown[] = [];
  let Marker: string | undefined;
  do {
    const page = await call('GetAccountAuthorizationDetails', { MaxItems: 1, Marker });
    names.push(
      ...(page.UserDetailList ?? []).map(({ UserName }) => UserName),
      ...(page.GroupDetailList ?? []).map(({ GroupName }) => GroupName),
      ...(page.RoleDetailList ?? []).map(({ RoleName }) => RoleName),
      ...(page.Policies ?? []).map(({ PolicyName }) => PolicyName),
    );
    Marker = page.Marker;
  } while (Marker !== undefined);
  assert.deepEqual(names, ['alice', 'deploy', 'other', 'Admins', 'AdministratorAccess', 's3']);
});

test('a marker of the details is good for the same types in any order, and for no others', async (t) => {
  const { call, refused } = await openIam(t);
  await populate(call);
  const { Marker } = await call('GetAccountAuthorizationDetails', { MaxItems: 1, Filter: ['Role', 'User', 'User'] });
  const next = await call('GetAccountAuthorizationDetails', { Marker, Filter: ['User', 'Role'] });
  assert.deepEqual([next.UserDetailList?.length, next.RoleDetailList?.length], [0, 2]);
  const other = { code: 'ValidationError', status: 400, message: 'Marker and Filter do not match' };
  await refused('GetAccountAuthorizationDetails', { Marker, Filter: ['Role'] }, other);
  await refused('GetAccountAuthorizationDetails', { Marker: 'of nowhere', Filter: ['User'] }, other);
  const invalid = { ...other, message: 'Invalid Marker.' };
  await refused('GetAccountAuthorizationDetails', { Marker }, invalid);
  await refused('GetAccountAuthorizationDetails', { Marker, Filter: ['User', 'Group'] }, invalid);
  const all = await call('GetAccountAuthorizationDetails', { MaxItems: 1 });
  await call('GetAccountAuthorizationDetails', {
    Marker: all.Marker,
    Filter: ['AWSManagedPolicy', 'LocalManagedPolicy', 'Group', 'Role', 'User'],
  });
});

test('versions come newest first, an empty list of a user’s policies not at all', async (t) => {
  const { call } = await openIam(t);
  await populate(call);
  const PolicyArn = `arn:aws:iam::${ACCOUNT}:policy/s3`;
  await call('CreatePolicyVersion', { PolicyArn, PolicyDocument: ALLOW_S3 });
  const details = await call('GetAccountAuthorizationDetails', { Filter: ['User', 'Group', 'LocalManagedPolicy'] });
  const [policy] = details.Policies ?? [];
  assert.deepEqual(
    policy?.PolicyVersionList?.map(({ VersionId }) => VersionId),
    ['v2', 'v1'],
  );
  assert.ok(details.UserDetailList?.[0] !== undefined && !('UserPolicyList' in details.UserDetailList[0]));
  assert.equal(details.GroupDetailList?.[0]?.GroupPolicyList?.length, 1);
});

test('the summary counts policies in use once each, AWS’s too, and tells AWS’s default quotas', async (t) => {
  const { call } = await openIam(t);
  await populate(call);
  const inUse = async (): Promise<unknown> => (await call('GetAccountSummary', {})).SummaryMap?.['PolicyVersionsInUse'];
  assert.equal(await inUse(), 1);
  await call('AttachRolePolicy', { RoleName: 'other', PolicyArn: ADMINISTRATOR_ACCESS });
  assert.equal(await inUse(), 1);
  const PermissionsBoundary = `arn:aws:iam::${ACCOUNT}:policy/s3`;
  await call('PutUserPermissionsBoundary', { UserName: 'alice', PermissionsBoundary });
  assert.equal(await inUse(), 2);
  const { SummaryMap } = await call('GetAccountSummary', {});
  assert.deepEqual(
    [
      SummaryMap?.['RolesQuota'],
      SummaryMap?.['UsersQuota'],
      SummaryMap?.['GroupsQuota'],
      SummaryMap?.['PoliciesQuota'],
    ],
    [1000, 5000, 300, 1500],
  );
});

async function populate(call: IamUnderTest['call']): Promise<void> {
  await call('CreateOpenIDConnectProvider', { Url: 'https://issuer.example' });
  await call('CreateUser', { UserName: 'alice' });
  await call('CreateGroup', { GroupName: 'Admins' });
  await call('AddUserToGroup', { UserName: 'alice', GroupName: 'Admins' });
  await call('PutGroupPolicy', { GroupName: 'Admins', PolicyName: 'p', PolicyDocument: ALLOW_S3 });
  await call('CreateRole', { RoleName: 'deploy', AssumeRolePolicyDocument: TRUST });
  await call('CreateRole', { RoleName: 'other', AssumeRolePolicyDocument: TRUST });
  await call('AttachRolePolicy', { RoleName: 'deploy', PolicyArn: ADMINISTRATOR_ACCESS });
  await call('CreateInstanceProfile', { InstanceProfileName: 'profile' });
  await call('AddRoleToInstanceProfile', { InstanceProfileName: 'profile', RoleName: 'deploy' });
  await call('CreatePolicy', { PolicyName: 's3', PolicyDocument: ALLOW_S3 });
}
