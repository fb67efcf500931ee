import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACCOUNT, openIam } from './iam-suite.ts';
import { ADMINISTRATOR_ACCESS, TRUST } from './iam-suite-documents.ts';

test('boundaries: set, replaced, deleted; a policy that does not exist is refused', async (t) => {
  const { call, refused, sojourn } = await openIam(t);
  const named = { RoleName: 'deploy' };
  await call('CreateRole', { ...named, AssumeRolePolicyDocument: TRUST });
  const absent = `arn:aws:iam::${ACCOUNT}:policy/absent`;
  await refused(
    'PutRolePermissionsBoundary',
    { ...named, PermissionsBoundary: absent },
    { code: 'NoSuchEntity', status: 404, message: `Scope ARN: ${absent} does not exist or is not attachable.` },
  );
  await refused(
    'PutRolePermissionsBoundary',
    { ...named, PermissionsBoundary: 'a text of twenty and more' },
    { code: 'InvalidInput', status: 400, message: 'ARN a text of twenty and more is not valid.' },
  );
  const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
  await call('PutRolePermissionsBoundary', { ...named, PermissionsBoundary: ADMINISTRATOR_ACCESS });
  await call('PutRolePermissionsBoundary', { ...named, PermissionsBoundary: readOnly });
  const usage = (arn: string): Promise<number> => sojourn.state.policyHolders.count(`${ACCOUNT}|${arn}|boundary|`);
  assert.deepEqual([await usage(ADMINISTRATOR_ACCESS), await usage(readOnly)], [0, 1]);
  await call('DeleteRolePermissionsBoundary', named);
  await refused('DeleteRolePermissionsBoundary', named, { code: 'NoSuchEntity', status: 404, message: /role deploy/ });
  assert.equal((await call('GetRole', named)).Role.PermissionsBoundary, undefined);
  assert.equal(await usage(readOnly), 0);
});
