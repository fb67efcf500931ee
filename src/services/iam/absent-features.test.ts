import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Caller } from '../../federation/caller.ts';
import { ACCOUNT, openIam } from './iam-suite.ts';

const ALICE = { UserName: 'alice' } as const;
const LISTS = [
  'ListMFADevices',
  'ListSSHPublicKeys',
  'ListServiceSpecificCredentials',
  'ListSigningCertificates',
] as const;
const GHOST = { code: 'NoSuchEntity', status: 404, message: 'The user with name ghost cannot be found.' };

test('what a user never has is an empty list; of a user who does not exist it is NoSuchEntity', async (t) => {
  const { call, refused, userCaller } = await openIam(t);
  await call('CreateUser', { ...ALICE, Path: '/people/' });
  const alice = await userCaller('alice');
  for (const name of LISTS) {
    const { IsTruncated, ...lists } = await call(name, ALICE);
    assert.deepEqual([IsTruncated, Object.values(lists)], [false, [[]]], name);
    await refused(name, { UserName: 'ghost' }, GHOST);
    await refused(
      name,
      { ...ALICE, Marker: 'x' },
      { code: 'ValidationError', status: 400, message: 'Invalid Marker.' },
    );
    assert.deepEqual(Object.values(await call(name, {})), [[], false], `${name} of root`);
    await refused(name, {}, { code: 'AccessDenied', status: 403, message: new RegExp(`iam:${name}`) }, alice);
  }
  const everywhere = await call('ListVirtualMFADevices', { AssignmentStatus: 'Assigned' });
  assert.deepEqual(everywhere, { VirtualMFADevices: [], IsTruncated: false });
});

test('nobody has a login profile to read or delete', async (t) => {
  const { call, refused } = await openIam(t);
  await call('CreateUser', ALICE);
  for (const name of ['GetLoginProfile', 'DeleteLoginProfile'] as const) {
    const message = 'Login Profile for User alice cannot be found.';
    await refused(name, { UserName: 'ALICE' }, { code: 'NoSuchEntity', status: 404, message });
    await refused(name, { UserName: 'ghost' }, GHOST);
  }
});

test('they need permission on the user, on all of them, or on the devices', async (t) => {
  const { call, requirements, userCaller } = await openIam(t);
  await call('CreateUser', { ...ALICE, Path: '/people/' });
  const alice: Caller = await userCaller('alice');
  const arn = `arn:aws:iam::${ACCOUNT}:user/people/alice`;
  for (const name of [...LISTS, 'GetLoginProfile', 'DeleteLoginProfile'] as const) {
    const expected = [{ action: `iam:${name}`, resource: arn, context: {} }];
    assert.deepEqual(await requirements(name, ALICE), expected);
    assert.deepEqual(await requirements(name, {}, alice), expected, 'the caller is not implied');
  }
  const [all] = await requirements('ListServiceSpecificCredentials', { AllUsers: true });
  assert.equal(all?.resource, `arn:aws:iam::${ACCOUNT}:user/*`);
  const [devices] = await requirements('ListVirtualMFADevices', {});
  assert.equal(devices?.resource, `arn:aws:iam::${ACCOUNT}:mfa/*`);
});
