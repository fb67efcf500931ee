/** Organizational units: names unique under a parent, five levels, deleted when empty. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACCOUNT, newAccount, withOrganization } from './organizations-suite.ts';

const ABSENT = 'ou-abcd-12345678';

test('a unit has AWS’s id, ARN and path, is described, renamed and deleted', async (context) => {
  const { call, document, rootId, organizationId } = await withOrganization(context);
  const id = (await call('CreateOrganizationalUnit', { ParentId: rootId, Name: 'ci' })).OrganizationalUnit?.Id ?? '';
  assert.match(id, new RegExp(`^ou-${rootId.slice(2)}-[a-z0-9]{8}$`));
  assert.deepEqual(await document('DescribeOrganizationalUnit', { OrganizationalUnitId: id }), {
    OrganizationalUnit: {
      Id: id,
      Arn: `arn:aws:organizations::${ACCOUNT}:ou/${organizationId}/${id}`,
      Name: 'ci',
      Path: `${organizationId}/${rootId}/${id}/`,
    },
  });
  const renamed = await call('UpdateOrganizationalUnit', { OrganizationalUnitId: id, Name: 'build' });
  assert.equal(renamed.OrganizationalUnit?.Name, 'build');
  assert.equal(
    (await call('UpdateOrganizationalUnit', { OrganizationalUnitId: id })).OrganizationalUnit?.Name,
    'build',
  );
  const blank = await call('UpdateOrganizationalUnit', { OrganizationalUnitId: id, Name: ' ' });
  assert.equal(blank.OrganizationalUnit?.Name, 'build', 'a name of blanks is none (observed on AWS, September 2026)');
  assert.deepEqual(await call('DeleteOrganizationalUnit', { OrganizationalUnitId: id }), {});
  assert.deepEqual((await call('ListChildren', { ParentId: rootId, ChildType: 'ORGANIZATIONAL_UNIT' })).Children, []);
});

test('units that do not exist are refused by every call that names one', async (context) => {
  const { refused, rootId } = await withOrganization(context);
  const absent = {
    code: 'OrganizationalUnitNotFoundException',
    message: "You specified an organizational unit that doesn't exist.",
  };
  await refused('DescribeOrganizationalUnit', { OrganizationalUnitId: ABSENT }, absent);
  await refused('UpdateOrganizationalUnit', { OrganizationalUnitId: ABSENT, Name: 'x' }, absent);
  await refused('DeleteOrganizationalUnit', { OrganizationalUnitId: ABSENT }, absent);
  await refused('CreateOrganizationalUnit', { ParentId: ABSENT, Name: 'x' }, { code: 'ParentNotFoundException' });
  await refused('ListChildren', { ParentId: ABSENT, ChildType: 'ACCOUNT' }, { code: 'ParentNotFoundException' });
  await refused('ListAccountsForParent', { ParentId: ABSENT }, { code: 'ParentNotFoundException' });
  await refused('ListOrganizationalUnitsForParent', { ParentId: ABSENT }, { code: 'ParentNotFoundException' });
  await refused('ListParents', { ChildId: ABSENT }, { code: 'ChildNotFoundException' });
  const pattern = { code: 'InvalidInputException', reason: 'INVALID_PATTERN:ORGANIZATIONAL_UNIT_ID' };
  await refused('DescribeOrganizationalUnit', { OrganizationalUnitId: rootId }, pattern);
  await refused(
    'CreateOrganizationalUnit',
    { ParentId: rootId, Name: '' },
    { ...pattern, reason: 'MIN_LENGTH_EXCEEDED:NAME' },
  );
});

test('a name is taken under one parent only', async (context) => {
  const { call, refused, rootId } = await withOrganization(context);
  const first = (await call('CreateOrganizationalUnit', { ParentId: rootId, Name: 'ci' })).OrganizationalUnit?.Id ?? '';
  const taken = { code: 'DuplicateOrganizationalUnitException', message: 'An OU with the same name already exists.' };
  await refused('CreateOrganizationalUnit', { ParentId: rootId, Name: 'ci' }, taken);
  await call('CreateOrganizationalUnit', { ParentId: first, Name: 'ci' });
  const other = (await call('CreateOrganizationalUnit', { ParentId: rootId, Name: 'CI' })).OrganizationalUnit?.Id ?? '';
  await refused('UpdateOrganizationalUnit', { OrganizationalUnitId: other, Name: 'ci' }, taken);
});

test('five levels of units, and no sixth', async (context) => {
  const { call, refused, rootId } = await withOrganization(context);
  let parent = rootId;
  for (let level = 1; level <= 5; level++) {
    parent =
      (await call('CreateOrganizationalUnit', { ParentId: parent, Name: `l${level}` })).OrganizationalUnit?.Id ?? '';
  }
  const tooDeep = { code: 'ConstraintViolationException', reason: 'OU_DEPTH_LIMIT_EXCEEDED' };
  await refused('CreateOrganizationalUnit', { ParentId: parent, Name: 'l6' }, tooDeep);
});

test('a unit with an account or a unit in it stays', async (context) => {
  const subject = await withOrganization(context);
  const { call, refused, rootId } = subject;
  const outer =
    (await call('CreateOrganizationalUnit', { ParentId: rootId, Name: 'outer' })).OrganizationalUnit?.Id ?? '';
  const inner =
    (await call('CreateOrganizationalUnit', { ParentId: outer, Name: 'inner' })).OrganizationalUnit?.Id ?? '';
  const notEmpty = { code: 'OrganizationalUnitNotEmptyException' };
  await refused('DeleteOrganizationalUnit', { OrganizationalUnitId: outer }, notEmpty);
  const account = await newAccount(subject, 'member');
  await call('MoveAccount', { AccountId: account, SourceParentId: rootId, DestinationParentId: inner });
  await refused('DeleteOrganizationalUnit', { OrganizationalUnitId: inner }, notEmpty);
  assert.deepEqual((await call('ListParents', { ChildId: account })).Parents, [
    { Id: inner, Type: 'ORGANIZATIONAL_UNIT' },
  ]);
  assert.deepEqual((await call('ListParents', { ChildId: outer })).Parents, [{ Id: rootId, Type: 'ROOT' }]);
});

test('lists come in pages of at most twenty, whose tokens fit no other list', async (context) => {
  const { call, refused, rootId } = await withOrganization(context);
  const made: string[] = [];
  for (let n = 0; n < 23; n++) {
    made.push(
      (await call('CreateOrganizationalUnit', { ParentId: rootId, Name: `u${n}` })).OrganizationalUnit?.Id ?? '',
    );
  }
  const first = await call('ListOrganizationalUnitsForParent', { ParentId: rootId });
  assert.equal(first.OrganizationalUnits?.length, 20);
  const { NextToken } = first;
  const second = await call('ListOrganizationalUnitsForParent', { ParentId: rootId, NextToken });
  const seen = [...(first.OrganizationalUnits ?? []), ...(second.OrganizationalUnits ?? [])].map((unit) => unit.Id);
  assert.deepEqual(seen, made.toSorted());
  assert.equal(second.NextToken, undefined);
  const invalid = { code: 'InvalidInputException', reason: 'INVALID_NEXT_TOKEN' };
  await refused('ListAccounts', { NextToken }, invalid);
  await refused('ListOrganizationalUnitsForParent', { ParentId: made[0] ?? '', NextToken }, invalid);
  await refused('ListAccounts', { NextToken: 'garbage' }, invalid);
  await refused('ListAccounts', { MaxResults: 21 }, { ...invalid, reason: 'MAX_VALUE_EXCEEDED:MAX_RESULTS' });
});
