import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openIam } from './iam-suite.ts';
import { TRUST } from './iam-suite-documents.ts';

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

test('a path with an empty segment is refused', async (t) => {
  const { refused } = await openIam(t);
  await refused(
    'CreateRole',
    { RoleName: 'deploy', Path: '/a//b/', AssumeRolePolicyDocument: TRUST },
    {
      code: 'ValidationError',
      status: 400,
      message:
        'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
    },
  );
});
