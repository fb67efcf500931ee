import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSecret } from '../../credentials/sealed-secret.ts';
import type { Caller } from '../../federation/caller.ts';
import { ACCOUNT, NOW, openIam, ROOT } from './iam-suite.ts';
import { ADMINISTRATOR_ACCESS, ALLOW_S3 } from './iam-suite-documents.ts';

const ALICE = { UserName: 'alice' } as const;
const MISSING = { code: 'NoSuchEntity', status: 404, message: 'The user with name ghost cannot be found.' };

test('a user comes back as it was made; lists leave tags and boundary out', async (t) => {
  const { call, refused } = await openIam(t);
  const { User } = await call('CreateUser', {
    ...ALICE,
    Path: '/people/',
    PermissionsBoundary: ADMINISTRATOR_ACCESS,
    Tags: [{ Key: 'team', Value: 'ci' }],
  });
  assert.match(User?.UserId ?? '', /^AIDA[A-Z2-7]{17}$/);
  assert.equal(User?.Arn, `arn:aws:iam::${ACCOUNT}:user/people/alice`);
  assert.deepEqual(User?.CreateDate, new Date(NOW));
  assert.deepEqual((await call('GetUser', ALICE)).User, User);
  const [listed] = (await call('ListUsers', { PathPrefix: '/people/' })).Users;
  assert.deepEqual(Object.keys(listed ?? {}), ['Path', 'UserName', 'UserId', 'Arn', 'CreateDate']);
  assert.deepEqual((await call('ListUsers', { PathPrefix: '/robots/' })).Users, []);
  await refused(
    'CreateUser',
    { UserName: 'ALICE' },
    { code: 'EntityAlreadyExists', status: 409, message: 'User with name ALICE already exists.' },
  );
});

test('without a name the caller is meant: a user itself, root itself; a session has no user', async (t) => {
  const { call, refused, userCaller } = await openIam(t);
  await call('CreateUser', ALICE);
  await call('PutUserPolicy', {
    ...ALICE,
    PolicyName: 'iam',
    PolicyDocument: ALLOW_S3.replace('s3:*', 'iam:*').replace('arn:aws:s3:::bucket/*', '*'),
  });
  const alice = await userCaller('alice');
  assert.equal((await call('GetUser', {}, alice)).User.UserName, 'alice');
  const { AccessKey } = await call('CreateAccessKey', {}, alice);
  assert.equal(AccessKey.UserName, 'alice');
  assert.deepEqual((await call('ListAccessKeys', {}, alice)).AccessKeyMetadata.length, 1);
  assert.equal((await call('GetUser', {})).User.Arn, `arn:aws:iam::${ACCOUNT}:root`);
  const [rootKey] = (await call('ListAccessKeys', {})).AccessKeyMetadata;
  assert.deepEqual(rootKey, { AccessKeyId: 'AKIAROOTROOTROOTROOT', Status: 'Active' });
  const fixed = { code: 'UnmodifiableEntity', status: 400, message: /configuration/ };
  const AccessKeyId = 'AKIAROOTROOTROOTROOT';
  await refused('CreateAccessKey', {}, fixed);
  await refused('UpdateAccessKey', { AccessKeyId, Status: 'Inactive' }, fixed);
  await refused('DeleteAccessKey', { AccessKeyId }, fixed);
  await refused(
    'GetUser',
    {},
    {
      code: 'ValidationError',
      status: 400,
      message: 'Must specify userName when calling with non-User credentials',
    },
    federated(),
  );
});

/** Root as GetFederationToken hands it on: a caller without a user of its own. */
function federated(): Caller {
  const { account } = ROOT.kind === 'root' ? ROOT : assert.fail();
  const arn = ROOT.kind === 'root' ? ROOT.arn : assert.fail();
  return {
    kind: 'federatedUser',
    account,
    arn,
    accessKeyId: 'ASIA',
    issuerArn: arn,
    user: undefined,
    session: {
      kind: 'federatedUser',
      account,
      accessKeyId: 'ASIA',
      secretAccessKey: 'x',
      issuedAt: 0,
      expiresAt: 1,
      name: 'bob',
      userId: undefined,
      userName: undefined,
    },
  };
}

test('access keys: two at most, the secret shown once and sealed at rest, inactive and deleted by their owner only', async (t) => {
  const { call, refused, sojourn } = await openIam(t);
  await call('CreateUser', ALICE);
  await call('CreateUser', { UserName: 'bob' });
  const { AccessKey } = await call('CreateAccessKey', ALICE);
  assert.match(AccessKey.AccessKeyId, /^AKIA[A-Z2-7]{16}$/);
  assert.equal(AccessKey.SecretAccessKey.length, 40);
  const stored = await sojourn.state.accessKeys.get(AccessKey.AccessKeyId);
  assert.ok(stored !== undefined && !JSON.stringify(stored).includes(AccessKey.SecretAccessKey));
  assert.equal(openSecret(stored.sealedSecret, sojourn.keyRing), AccessKey.SecretAccessKey);
  await call('CreateAccessKey', ALICE);
  const limit = { code: 'LimitExceeded', status: 409, message: 'Cannot exceed quota for AccessKeysPerUser: 2' };
  await refused('CreateAccessKey', ALICE, limit);
  const named = { AccessKeyId: AccessKey.AccessKeyId };
  await call('UpdateAccessKey', { ...ALICE, ...named, Status: 'Inactive' });
  const page = await call('ListAccessKeys', { ...ALICE, MaxItems: 1 });
  assert.deepEqual(page.AccessKeyMetadata, [{ ...ALICE, ...named, Status: 'Inactive', CreateDate: new Date(NOW) }]);
  assert.equal((await call('ListAccessKeys', { ...ALICE, Marker: page.Marker })).AccessKeyMetadata.length, 1);
  assert.deepEqual(await call('GetAccessKeyLastUsed', named), {
    UserName: 'alice',
    AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' },
  });
  const missing = {
    code: 'NoSuchEntity',
    status: 404,
    message: `The Access Key with id ${AccessKey.AccessKeyId} cannot be found.`,
  };
  await refused('UpdateAccessKey', { UserName: 'bob', ...named, Status: 'Active' }, missing);
  await refused('DeleteAccessKey', { UserName: 'bob', ...named }, missing);
  await call('DeleteAccessKey', { ...ALICE, ...named });
  await refused('DeleteAccessKey', { ...ALICE, ...named }, missing);
  await refused('GetAccessKeyLastUsed', named, {
    code: 'AccessDenied',
    status: 403,
    message: `User: arn:aws:iam::${ACCOUNT}:root is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key ${AccessKey.AccessKeyId}`,
  });
  assert.equal(await sojourn.state.accessKeys.get(AccessKey.AccessKeyId), undefined);
});

test('a renamed user keeps keys, groups, attachments and boundary', async (t) => {
  const { call, refused, sojourn } = await openIam(t);
  await call('CreateUser', { ...ALICE, PermissionsBoundary: ADMINISTRATOR_ACCESS });
  await call('CreateUser', { UserName: 'bob' });
  await call('CreateGroup', { GroupName: 'Admins' });
  await call('AddUserToGroup', { ...ALICE, GroupName: 'Admins' });
  await call('AttachUserPolicy', { ...ALICE, PolicyArn: ADMINISTRATOR_ACCESS });
  const { AccessKey } = await call('CreateAccessKey', ALICE);
  await refused(
    'UpdateUser',
    { ...ALICE, NewUserName: 'BOB' },
    { code: 'EntityAlreadyExists', status: 409, message: 'User with name BOB already exists.' },
  );
  await call('UpdateUser', { ...ALICE, NewUserName: 'Carol', NewPath: '/people/' });
  await refused('GetUser', ALICE, { ...MISSING, message: 'The user with name alice cannot be found.' });
  assert.equal((await call('GetUser', { UserName: 'carol' })).User.Arn, `arn:aws:iam::${ACCOUNT}:user/people/Carol`);
  const key = await sojourn.state.accessKeys.get(AccessKey.AccessKeyId);
  assert.deepEqual([key?.userKey, key?.userName], ['carol', 'Carol']);
  const { Users } = await call('GetGroup', { GroupName: 'admins' });
  assert.deepEqual(
    Users.map(({ UserName }) => UserName),
    ['Carol'],
  );
  const holders = await sojourn.state.policyHolders.list(`${ACCOUNT}|`, { limit: 10 });
  assert.deepEqual(
    holders.map(({ use, name }) => [use, name]),
    [
      ['attached', 'Carol'],
      ['boundary', 'Carol'],
    ],
  );
  await call('UpdateUser', { UserName: 'Carol', NewUserName: 'carol' });
  assert.equal((await call('GetUser', { UserName: 'CAROL' })).User.UserName, 'carol');
});

test('DeleteUser: keys, groups and policies must go first', async (t) => {
  const { call, refused } = await openIam(t);
  const conflict = (first: string): { code: string; status: number; message: string } => ({
    code: 'DeleteConflict',
    status: 409,
    message: `Cannot delete entity, must ${first} first.`,
  });
  await call('CreateUser', { ...ALICE, PermissionsBoundary: ADMINISTRATOR_ACCESS });
  await call('CreateGroup', { GroupName: 'admins' });
  const { AccessKey } = await call('CreateAccessKey', ALICE);
  await call('AddUserToGroup', { ...ALICE, GroupName: 'admins' });
  await call('AttachUserPolicy', { ...ALICE, PolicyArn: ADMINISTRATOR_ACCESS });
  await call('PutUserPolicy', { ...ALICE, PolicyName: 'p', PolicyDocument: ALLOW_S3 });
  await refused('DeleteUser', ALICE, conflict('delete access keys'));
  await call('DeleteAccessKey', { ...ALICE, AccessKeyId: AccessKey.AccessKeyId });
  await refused('DeleteUser', ALICE, conflict('remove users from group'));
  await call('RemoveUserFromGroup', { ...ALICE, GroupName: 'admins' });
  await refused('DeleteUser', ALICE, conflict('detach all policies'));
  await call('DetachUserPolicy', { ...ALICE, PolicyArn: ADMINISTRATOR_ACCESS });
  await refused('DeleteUser', ALICE, conflict('delete policies'));
  await call('DeleteUserPolicy', { ...ALICE, PolicyName: 'p' });
  await call('DeleteUser', ALICE);
  await refused('DeleteUser', { UserName: 'ghost' }, MISSING);
});

test('inline policies, attachments, boundary and tags of users', async (t) => {
  const { call, refused } = await openIam(t);
  await call('CreateUser', ALICE);
  await call('PutUserPolicy', { ...ALICE, PolicyName: 'p', PolicyDocument: ALLOW_S3 });
  assert.deepEqual((await call('ListUserPolicies', ALICE)).PolicyNames, ['p']);
  const { PolicyDocument } = await call('GetUserPolicy', { ...ALICE, PolicyName: 'p' });
  assert.equal(decodeURIComponent(PolicyDocument), ALLOW_S3);
  await refused(
    'GetUserPolicy',
    { ...ALICE, PolicyName: 'q' },
    { code: 'NoSuchEntity', status: 404, message: 'The user policy with name q cannot be found.' },
  );
  const big = ALLOW_S3.replace('bucket', 'x'.repeat(2048));
  await refused(
    'PutUserPolicy',
    { ...ALICE, PolicyName: 'big', PolicyDocument: big },
    { code: 'LimitExceeded', status: 409, message: 'Maximum policy size of 2048 bytes exceeded for user alice' },
  );
  await call('AttachUserPolicy', { ...ALICE, PolicyArn: ADMINISTRATOR_ACCESS });
  assert.equal((await call('ListAttachedUserPolicies', ALICE)).AttachedPolicies?.length, 1);
  await call('PutUserPermissionsBoundary', { ...ALICE, PermissionsBoundary: ADMINISTRATOR_ACCESS });
  await call('DeleteUserPermissionsBoundary', ALICE);
  await call('TagUser', { ...ALICE, Tags: [{ Key: 'a', Value: 'b' }] });
  assert.deepEqual((await call('ListUserTags', ALICE)).Tags, [{ Key: 'a', Value: 'b' }]);
  await call('UntagUser', { ...ALICE, TagKeys: ['A'] });
  assert.deepEqual((await call('GetUser', ALICE)).User.Tags, undefined);
});

test('every call on a user that does not exist says so', async (t) => {
  const { refused } = await openIam(t);
  const named = { UserName: 'ghost' };
  await refused('GetUser', named, MISSING);
  await refused('UpdateUser', named, MISSING);
  await refused('CreateAccessKey', named, MISSING);
  await refused('ListAccessKeys', named, MISSING);
  await refused('ListGroupsForUser', named, MISSING);
  await refused('PutUserPolicy', { ...named, PolicyName: 'p', PolicyDocument: ALLOW_S3 }, MISSING);
  await refused('ListUserPolicies', named, MISSING);
  await refused('AttachUserPolicy', { ...named, PolicyArn: ADMINISTRATOR_ACCESS }, MISSING);
  await refused('ListAttachedUserPolicies', named, MISSING);
  await refused('PutUserPermissionsBoundary', { ...named, PermissionsBoundary: ADMINISTRATOR_ACCESS }, MISSING);
  await refused('TagUser', { ...named, Tags: [] }, MISSING);
  await refused('ListUserTags', named, MISSING);
});

test('a user without the permission is denied, and nothing happens', async (t) => {
  const { call, refused, userCaller } = await openIam(t);
  await call('CreateUser', ALICE);
  const denied = {
    code: 'AccessDenied',
    status: 403,
    message: `User: arn:aws:iam::${ACCOUNT}:user/alice is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::${ACCOUNT}:user/mallory because no identity-based policy allows the iam:CreateUser action`,
  };
  await refused('CreateUser', { UserName: 'mallory' }, denied, await userCaller('alice'));
  assert.equal((await call('ListUsers', {})).Users.length, 1);
});
