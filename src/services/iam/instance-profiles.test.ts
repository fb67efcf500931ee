import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACCOUNT, openIam } from './iam-suite.ts';
import { TRUST } from './iam-suite-documents.ts';

const NAMED = { InstanceProfileName: 'profile' } as const;
const ROLE = { RoleName: 'deploy' } as const;

test('a profile holds one role, seen from both sides', async (t) => {
  const { call, refused } = await openIam(t);
  const { InstanceProfile } = await call('CreateInstanceProfile', { ...NAMED, Path: '/ci/' });
  assert.match(InstanceProfile.InstanceProfileId, /^AIPA[A-Z2-7]{17}$/);
  assert.equal(InstanceProfile.Arn, `arn:aws:iam::${ACCOUNT}:instance-profile/ci/profile`);
  await call('CreateRole', { ...ROLE, AssumeRolePolicyDocument: TRUST });
  assert.deepEqual((await call('ListInstanceProfilesForRole', ROLE)).InstanceProfiles, []);
  await call('AddRoleToInstanceProfile', { ...NAMED, ...ROLE });
  const limit = {
    code: 'LimitExceeded',
    status: 409,
    message: 'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1',
  };
  await refused('AddRoleToInstanceProfile', { ...NAMED, ...ROLE }, limit);
  const got = (await call('GetInstanceProfile', NAMED)).InstanceProfile;
  assert.deepEqual(
    got.Roles.map(({ RoleName }) => RoleName),
    ['deploy'],
  );
  const { Tags: _, ...listed } = got;
  assert.deepEqual((await call('ListInstanceProfilesForRole', ROLE)).InstanceProfiles, [listed]);
  assert.deepEqual((await call('ListInstanceProfiles', { PathPrefix: '/ci/' })).InstanceProfiles, [listed]);
  await refused('DeleteInstanceProfile', NAMED, {
    code: 'DeleteConflict',
    status: 409,
    message: 'Cannot delete entity, must remove roles from instance profile first.',
  });
  await call('RemoveRoleFromInstanceProfile', { ...NAMED, ...ROLE });
  const gone = {
    code: 'NoSuchEntity',
    status: 404,
    message: 'Role deploy in Instance Profile profile cannot be found.',
  };
  await refused('RemoveRoleFromInstanceProfile', { ...NAMED, ...ROLE }, gone);
  const ghost = { ...gone, message: 'The role with name ghost cannot be found.' };
  await refused('RemoveRoleFromInstanceProfile', { ...NAMED, RoleName: 'ghost' }, ghost);
  await call('DeleteInstanceProfile', NAMED);
});

test('names are unique; profiles and roles that do not exist say so', async (t) => {
  const { call, refused } = await openIam(t);
  const missing = { code: 'NoSuchEntity', status: 404, message: 'Instance Profile profile cannot be found.' };
  await refused('GetInstanceProfile', NAMED, missing);
  await refused('DeleteInstanceProfile', NAMED, missing);
  await refused('AddRoleToInstanceProfile', { ...NAMED, ...ROLE }, missing);
  await refused('RemoveRoleFromInstanceProfile', { ...NAMED, ...ROLE }, missing);
  await refused('TagInstanceProfile', { ...NAMED, Tags: [] }, missing);
  await refused('ListInstanceProfileTags', NAMED, missing);
  await call('CreateInstanceProfile', NAMED);
  await refused(
    'CreateInstanceProfile',
    { InstanceProfileName: 'Profile' },
    { code: 'EntityAlreadyExists', status: 409, message: 'Instance Profile Profile already exists.' },
  );
  await refused(
    'AddRoleToInstanceProfile',
    { ...NAMED, RoleName: 'ghost' },
    { code: 'NoSuchEntity', status: 404, message: 'The role with name ghost cannot be found.' },
  );
});

test('tags of profiles; a role in a profile must be passed', async (t) => {
  const { call, requirements } = await openIam(t);
  await call('CreateInstanceProfile', { ...NAMED, Tags: [{ Key: 'a', Value: '1' }] });
  await call('TagInstanceProfile', { ...NAMED, Tags: [{ Key: 'b', Value: '2' }] });
  await call('UntagInstanceProfile', { ...NAMED, TagKeys: ['A', 'a'] });
  assert.deepEqual((await call('ListInstanceProfileTags', NAMED)).Tags, [{ Key: 'b', Value: '2' }]);
  await call('CreateRole', { ...ROLE, Path: '/ci/', AssumeRolePolicyDocument: TRUST });
  assert.deepEqual((await requirements('AddRoleToInstanceProfile', { ...NAMED, ...ROLE }))[1], {
    action: 'iam:PassRole',
    resource: `arn:aws:iam::${ACCOUNT}:role/ci/deploy`,
    context: { 'iam:PassedToService': 'ec2.amazonaws.com' },
  });
});
