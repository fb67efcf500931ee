import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openIam } from './iam-suite.ts';
import { TRUST } from './iam-suite-documents.ts';
import { ACCOUNT_QUOTAS } from './quotas.ts';

const LIMIT = ACCOUNT_QUOTAS.GroupsPerAccount;
const FULL = { code: 'LimitExceeded', status: 409, message: `Cannot exceed quota for GroupsPerAccount: ${LIMIT}` };

test('an account has as many groups as it likes, unless the operator holds it to AWS’s quota', async (t) => {
  const { call, refused, sojourn } = await openIam(t);
  for (let number = 1; number <= LIMIT + 1; number++) await call('CreateGroup', { GroupName: `g${number}` });
  Object.assign(sojourn, { accountQuotas: true });
  await call('DeleteGroup', { GroupName: 'g1' });
  await refused('CreateGroup', { GroupName: 'another' }, FULL);
  await refused('GetGroup', { GroupName: 'another' }, { code: 'NoSuchEntity', status: 404, message: /another/ });
  await call('DeleteGroup', { GroupName: 'g2' });
  await call('CreateGroup', { GroupName: 'another' });
});

test('names that are taken are told before the quota; each kind counts for itself', async (t) => {
  const { call, refused, sojourn } = await openIam(t);
  Object.assign(sojourn, { accountQuotas: true });
  for (let number = 1; number <= LIMIT; number++) await call('CreateGroup', { GroupName: `g${number}` });
  const taken = { code: 'EntityAlreadyExists', status: 409, message: 'Group with name g1 already exists.' };
  await refused('CreateGroup', { GroupName: 'g1' }, taken);
  await refused('CreateGroup', { GroupName: 'another' }, FULL);
  await call('CreateRole', { RoleName: 'deploy', AssumeRolePolicyDocument: TRUST });
  assert.equal((await call('ListGroups', { MaxItems: 1000 })).Groups.length, LIMIT);
});
