import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACCOUNT, openIam } from './iam-suite.ts';
import { TRUST } from './iam-suite-documents.ts';
import { MAX_EXAMINED } from './paging.ts';

test('lists go by name, page by page, narrowed by path; a foreign marker is refused', async (t) => {
  const { call, refused } = await openIam(t);
  for (const [RoleName, Path] of [
    ['b', '/ci/'],
    ['C', '/'],
    ['a', '/ci/x/'],
    ['d', '/ci/'],
  ] as const) {
    await call('CreateRole', { RoleName, Path, AssumeRolePolicyDocument: TRUST });
  }
  const names = (roles: readonly { readonly RoleName: string }[]): string[] => roles.map(({ RoleName }) => RoleName);
  const first = await call('ListRoles', { MaxItems: 2 });
  assert.deepEqual([names(first.Roles), first.IsTruncated], [['a', 'b'], true]);
  const second = await call('ListRoles', { MaxItems: 2, Marker: first.Marker });
  assert.deepEqual([names(second.Roles), second.IsTruncated, second.Marker], [['C', 'd'], false, undefined]);
  assert.deepEqual(names((await call('ListRoles', { PathPrefix: '/ci/' })).Roles), ['a', 'b', 'd']);
  const narrowed = await call('ListRoles', { PathPrefix: '/ci/', MaxItems: 2 });
  assert.deepEqual([names(narrowed.Roles), narrowed.IsTruncated], [['a', 'b'], true]);
  const rest = await call('ListRoles', { PathPrefix: '/ci/', MaxItems: 2, Marker: narrowed.Marker });
  assert.deepEqual([names(rest.Roles), rest.IsTruncated], [['d'], false]);
  const invalid = { code: 'ValidationError', status: 400, message: 'Invalid Marker.' };
  const { Marker: foreign = '' } = await call('ListPolicies', { MaxItems: 1 });
  for (const Marker of ['garbage', `${first.Marker}AAAA`, foreign]) {
    await refused('ListRoles', { Marker }, invalid);
  }
});

test('a filter that fits one of very many looks at some, says where it was, and finds it in the end', async (t) => {
  const { call, sojourn } = await openIam(t);
  await call('CreateRole', { RoleName: 'zzz', Path: '/rare/', AssumeRolePolicyDocument: TRUST });
  const stored = await sojourn.state.roles.get(`${ACCOUNT}/zzz`);
  assert.ok(stored !== undefined);
  await sojourn.state.write(async ({ roles }) => {
    for (let n = 0; n < MAX_EXAMINED; n++) {
      const name = `role-${String(n).padStart(6, '0')}`;
      await roles.put(`${ACCOUNT}/${name}`, { ...stored, name, path: '/' });
    }
  });
  const first = await call('ListRoles', { PathPrefix: '/rare/' });
  assert.deepEqual([first.Roles, first.IsTruncated], [[], true]);
  const second = await call('ListRoles', { PathPrefix: '/rare/', Marker: first.Marker });
  assert.deepEqual([second.Roles.map(({ RoleName }) => RoleName), second.IsTruncated], [['zzz'], false]);
});

test('paths: an empty segment is kept; without a slash at both ends or with other letters they are refused', async (t) => {
  const { call, refused } = await openIam(t);
  const invalid = {
    code: 'ValidationError',
    status: 400,
    message:
      'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
  };
  const { User } = await call('CreateUser', { UserName: 'alice', Path: '/a//b/' });
  assert.equal(User?.Arn, `arn:aws:iam::${ACCOUNT}:user/a//b/alice`);
  const newPath = { ...invalid, message: invalid.message.replace('path', 'newPath') };
  for (const path of ['//', '/team', 'team/', '/ space/', '/del\u007f/', '/\u00e9/', '/team/\n', '/line\n/']) {
    await refused('CreateUser', { UserName: 'bob', Path: path }, invalid);
    await refused('CreateGroup', { GroupName: 'g', Path: path }, invalid);
    await refused('CreateRole', { RoleName: 'r', Path: path, AssumeRolePolicyDocument: TRUST }, invalid);
    await refused('UpdateUser', { UserName: 'alice', NewPath: path }, newPath);
  }
  assert.equal((await call('GetUser', { UserName: 'alice' })).User.Path, '/a//b/');
});
