import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACCOUNT, openIam } from './iam-suite.ts';
import { ADMINISTRATOR_ACCESS, ALLOW_S3 } from './iam-suite-documents.ts';

const ADMINS = { GroupName: 'Admins' } as const;
const MISSING = { code: 'NoSuchEntity', status: 404, message: 'The group with name ghost cannot be found.' };

test('groups: created, listed by path, unique without case', async (t) => {
  const { call, refused } = await openIam(t);
  const { Group } = await call('CreateGroup', { ...ADMINS, Path: '/ops/' });
  assert.match(Group.GroupId, /^AGPA[A-Z2-7]{17}$/);
  assert.equal(Group.Arn, `arn:aws:iam::${ACCOUNT}:group/ops/Admins`);
  assert.deepEqual((await call('ListGroups', { PathPrefix: '/ops/' })).Groups, [Group]);
  assert.deepEqual((await call('ListGroups', { PathPrefix: '/dev/' })).Groups, []);
  await refused(
    'CreateGroup',
    { GroupName: 'admins' },
    { code: 'EntityAlreadyExists', status: 409, message: 'Group with name admins already exists.' },
  );
});

test('members: joining twice is joining once, pages by name, ten groups a user', async (t) => {
  const { call, refused } = await openIam(t);
  await call('CreateGroup', ADMINS);
  for (const UserName of ['carol', 'Alice', 'bob']) {
    await call('CreateUser', { UserName });
    await call('AddUserToGroup', { ...ADMINS, UserName });
    await call('AddUserToGroup', { ...ADMINS, UserName });
  }
  const page = await call('GetGroup', { ...ADMINS, MaxItems: 2 });
  assert.deepEqual(
    page.Users.map(({ UserName }) => UserName),
    ['Alice', 'bob'],
  );
  const rest = await call('GetGroup', { ...ADMINS, Marker: page.Marker });
  assert.deepEqual(
    rest.Users.map(({ UserName }) => UserName),
    ['carol'],
  );
  assert.deepEqual(
    (await call('ListGroupsForUser', { UserName: 'bob' })).Groups.map(({ GroupName }) => GroupName),
    ['Admins'],
  );
  for (let index = 0; index < 9; index++) {
    await call('CreateGroup', { GroupName: `g${index}` });
    await call('AddUserToGroup', { GroupName: `g${index}`, UserName: 'bob' });
  }
  await call('CreateGroup', { GroupName: 'eleventh' });
  await refused(
    'AddUserToGroup',
    { GroupName: 'eleventh', UserName: 'bob' },
    { code: 'LimitExceeded', status: 409, message: 'Cannot exceed quota for GroupsPerUser: 10' },
  );
  await call('RemoveUserFromGroup', { ...ADMINS, UserName: 'bob' });
  await call('RemoveUserFromGroup', { ...ADMINS, UserName: 'bob' });
  assert.equal((await call('GetGroup', ADMINS)).Users.length, 2);
});

test('a renamed group keeps its members and attachments', async (t) => {
  const { call, refused, sojourn } = await openIam(t);
  await call('CreateGroup', ADMINS);
  await call('CreateGroup', { GroupName: 'taken' });
  await call('CreateUser', { UserName: 'alice' });
  await call('AddUserToGroup', { ...ADMINS, UserName: 'alice' });
  await call('AttachGroupPolicy', { ...ADMINS, PolicyArn: ADMINISTRATOR_ACCESS });
  await refused(
    'UpdateGroup',
    { ...ADMINS, NewGroupName: 'Taken' },
    { code: 'EntityAlreadyExists', status: 409, message: 'Group with name Taken already exists.' },
  );
  await call('UpdateGroup', { ...ADMINS, NewGroupName: 'Operators', NewPath: '/ops/' });
  const { Group, Users } = await call('GetGroup', { GroupName: 'operators' });
  assert.equal(Group.Arn, `arn:aws:iam::${ACCOUNT}:group/ops/Operators`);
  assert.deepEqual(
    Users.map(({ UserName }) => UserName),
    ['alice'],
  );
  assert.deepEqual((await sojourn.state.users.get(`${ACCOUNT}/alice`))?.groups, ['operators']);
  const [holder] = await sojourn.state.policyHolders.list(`${ACCOUNT}|`, { limit: 10 });
  assert.deepEqual([holder?.kind, holder?.name], ['group', 'Operators']);
  await call('UpdateGroup', { GroupName: 'Operators', NewGroupName: 'OPERATORS' });
  assert.equal((await call('GetGroup', { GroupName: 'operators' })).Users.length, 1);
});

test('DeleteGroup: users and policies must go first', async (t) => {
  const { call, refused } = await openIam(t);
  const conflict = (first: string): { code: string; status: number; message: string } => ({
    code: 'DeleteConflict',
    status: 409,
    message: `Cannot delete entity, must ${first} first.`,
  });
  await call('CreateGroup', ADMINS);
  await call('CreateUser', { UserName: 'alice' });
  await call('AddUserToGroup', { ...ADMINS, UserName: 'alice' });
  await call('AttachGroupPolicy', { ...ADMINS, PolicyArn: ADMINISTRATOR_ACCESS });
  await call('PutGroupPolicy', { ...ADMINS, PolicyName: 'p', PolicyDocument: ALLOW_S3 });
  assert.deepEqual((await call('ListGroupPolicies', ADMINS)).PolicyNames, ['p']);
  assert.equal((await call('ListAttachedGroupPolicies', ADMINS)).AttachedPolicies?.length, 1);
  const { PolicyDocument } = await call('GetGroupPolicy', { ...ADMINS, PolicyName: 'p' });
  assert.equal(decodeURIComponent(PolicyDocument), ALLOW_S3);
  await refused('DeleteGroup', ADMINS, conflict('remove users from group'));
  await call('RemoveUserFromGroup', { ...ADMINS, UserName: 'alice' });
  await refused('DeleteGroup', ADMINS, conflict('detach all policies'));
  await call('DetachGroupPolicy', { ...ADMINS, PolicyArn: ADMINISTRATOR_ACCESS });
  await refused('DeleteGroup', ADMINS, conflict('delete policies'));
  await call('DeleteGroupPolicy', { ...ADMINS, PolicyName: 'p' });
  await call('DeleteGroup', ADMINS);
  await refused('DeleteGroup', { GroupName: 'ghost' }, MISSING);
});

test('every call on a group that does not exist says so', async (t) => {
  const { call, refused } = await openIam(t);
  const named = { GroupName: 'ghost' };
  await call('CreateUser', { UserName: 'alice' });
  await refused('GetGroup', named, MISSING);
  await refused('UpdateGroup', named, MISSING);
  await refused('AddUserToGroup', { ...named, UserName: 'alice' }, MISSING);
  await refused('RemoveUserFromGroup', { ...named, UserName: 'alice' }, MISSING);
  await refused('PutGroupPolicy', { ...named, PolicyName: 'p', PolicyDocument: ALLOW_S3 }, MISSING);
  await refused('ListGroupPolicies', named, MISSING);
  await refused('AttachGroupPolicy', { ...named, PolicyArn: ADMINISTRATOR_ACCESS }, MISSING);
  await refused('ListAttachedGroupPolicies', named, MISSING);
  await refused(
    'AddUserToGroup',
    { GroupName: 'ghost', UserName: 'nobody' },
    { ...MISSING, message: 'The user with name nobody cannot be found.' },
  );
});
