/** Member accounts: made with a role to enter them, moved, closed, removed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACCOUNT, created, newAccount, NOW, withOrganization } from './organizations-suite.ts';

test('CreateAccount makes an account and the role that the management account enters by', async (context) => {
  const subject = await withOrganization(context);
  const { call, document, iam, rootId, organizationId, sojourn } = subject;
  const stage = [{ Key: 'stage', Value: 'test' }];
  const made = await created(subject, { Email: 'ci@example.com', AccountName: 'ci', Tags: stage });
  assert.equal(made.State, 'SUCCEEDED');
  const id = made.AccountId ?? '';
  assert.match(id, /^[1-9]\d{11}$/);
  assert.deepEqual(await document('DescribeAccount', { AccountId: id }), {
    Account: {
      Id: id,
      Arn: `arn:aws:organizations::${ACCOUNT}:account/${organizationId}/${id}`,
      Email: 'ci@example.com',
      Name: 'ci',
      Status: 'ACTIVE',
      State: 'ACTIVE',
      Paths: [`${organizationId}/${rootId}/${id}/`],
      JoinedMethod: 'CREATED',
      JoinedTimestamp: NOW / 1000,
    },
  });
  assert.deepEqual((await call('ListTagsForResource', { ResourceId: id })).Tags, [{ Key: 'stage', Value: 'test' }]);
  const role = await sojourn.state.roles.get(`${id}/organizationaccountaccessrole`);
  assert.equal(role?.arn, `arn:aws:iam::${id}:role/OrganizationAccountAccessRole`);
  assert.deepEqual(JSON.parse(role.trustPolicy).Statement[0].Principal, { AWS: `arn:aws:iam::${ACCOUNT}:root` });
  assert.deepEqual(role.attachedPolicies, ['arn:aws:iam::aws:policy/AdministratorAccess']);
  assert.equal((await iam.call('ListRoles', {})).Roles.length, 0, 'the role is not of the management account');
});

test('CreateAccount answers that it has begun; what came of it is asked for', async (context) => {
  const { call, document } = await withOrganization(context);
  const begun = await call('CreateAccount', { Email: 'ci@example.com', AccountName: 'ci' });
  const { CreateAccountStatus: status } = begun;
  assert.match(status?.Id ?? '', /^car-[0-9a-f]{32}$/);
  assert.deepEqual(status, {
    Id: status?.Id,
    AccountName: 'ci',
    State: 'IN_PROGRESS',
    RequestedTimestamp: new Date(NOW),
  });
  const ended = (await call('DescribeCreateAccountStatus', { CreateAccountRequestId: status?.Id ?? '' }))
    .CreateAccountStatus;
  assert.deepEqual(await document('DescribeCreateAccountStatus', { CreateAccountRequestId: status?.Id ?? '' }), {
    CreateAccountStatus: {
      Id: status?.Id,
      AccountName: 'ci',
      State: 'SUCCEEDED',
      RequestedTimestamp: NOW / 1000,
      CompletedTimestamp: NOW / 1000,
      AccountId: ended?.AccountId,
    },
  });
  assert.match(ended?.AccountId ?? '', /^\d{12}$/);
});

test('the role has the name that was asked for', async (context) => {
  const subject = await withOrganization(context);
  const { refused, sojourn } = subject;
  const named = { Email: 'a@example.com', AccountName: 'a', RoleName: 'Entry' };
  const id = (await created(subject, named)).AccountId ?? '';
  assert.equal((await sojourn.state.roles.get(`${id}/entry`))?.name, 'Entry');
  const pattern = { code: 'InvalidInputException', reason: 'INVALID_PATTERN:ROLE_NAME' };
  await refused('CreateAccount', { ...named, RoleName: 'no/slash' }, pattern);
  const linked = { ...named, RoleName: 'AWSServiceRoleForSupport' };
  await refused('CreateAccount', linked, { ...pattern, reason: 'INVALID_ROLE_NAME' });
  await refused('CreateAccount', { ...named, Email: 'no address' }, { ...pattern, reason: 'INVALID_PATTERN:EMAIL' });
});

test('an address is given once: the second creation fails in its status', async (context) => {
  const subject = await withOrganization(context);
  const { call, refused } = subject;
  await call('CreateAccount', { Email: 'a@example.com', AccountName: 'a' });
  const failed = await created(subject, { Email: 'A@example.com', AccountName: 'b' });
  assert.equal(failed.State, 'FAILED');
  assert.equal(failed.FailureReason, 'EMAIL_ALREADY_EXISTS');
  assert.equal(failed.AccountId, undefined);
  const listed = await call('ListCreateAccountStatus', { States: ['FAILED'] });
  assert.deepEqual(listed.CreateAccountStatuses, [failed]);
  assert.equal((await call('ListCreateAccountStatus', {})).CreateAccountStatuses?.length, 2);
  assert.equal((await call('ListAccounts', {})).Accounts?.length, 2);
  const absent = { code: 'CreateAccountStatusNotFoundException' };
  await refused('DescribeCreateAccountStatus', { CreateAccountRequestId: `car-${'0'.repeat(32)}` }, absent);
});

test('MoveAccount knows where the account stands and where it goes', async (context) => {
  const subject = await withOrganization(context);
  const { call, refused, rootId } = subject;
  const account = await newAccount(subject, 'member');
  const unit = (await call('CreateOrganizationalUnit', { ParentId: rootId, Name: 'ci' })).OrganizationalUnit?.Id ?? '';
  const move = { AccountId: account, SourceParentId: rootId, DestinationParentId: unit };
  await refused('MoveAccount', { ...move, AccountId: '999999999999' }, { code: 'AccountNotFoundException' });
  await refused('MoveAccount', { ...move, SourceParentId: unit }, { code: 'SourceParentNotFoundException' });
  const nowhere = 'ou-abcd-12345678';
  await refused(
    'MoveAccount',
    { ...move, DestinationParentId: nowhere },
    { code: 'DestinationParentNotFoundException' },
  );
  await refused('MoveAccount', { ...move, DestinationParentId: rootId }, { code: 'DuplicateAccountException' });
  assert.deepEqual(await call('MoveAccount', move), {});
  assert.deepEqual(
    (await call('ListAccountsForParent', { ParentId: unit })).Accounts?.map(({ Id }) => Id),
    [account],
  );
  const atRoot = await call('ListChildren', { ParentId: rootId, ChildType: 'ACCOUNT' });
  assert.deepEqual(atRoot.Children, [{ Id: ACCOUNT, Type: 'ACCOUNT' }]);
});

test('a closed account stays in the organization, closed; the management account cannot be closed', async (context) => {
  const subject = await withOrganization(context);
  const { call, refused } = subject;
  const account = await newAccount(subject, 'member');
  await call('CloseAccount', { AccountId: account });
  const { Account: closed } = await call('DescribeAccount', { AccountId: account });
  assert.deepEqual([closed?.State, closed?.Status], ['CLOSED', 'SUSPENDED']);
  await refused('CloseAccount', { AccountId: account }, { code: 'AccountAlreadyClosedException' });
  await refused('CloseAccount', { AccountId: '999999999999' }, { code: 'AccountNotFoundException' });
  const constraint = { code: 'ConstraintViolationException' };
  await refused('CloseAccount', { AccountId: ACCOUNT }, { ...constraint, reason: 'CANNOT_CLOSE_MANAGEMENT_ACCOUNT' });
  const stays = { ...constraint, reason: 'ACCOUNT_CANNOT_LEAVE_ORGANIZATION' };
  await refused('RemoveAccountFromOrganization', { AccountId: account }, stays);
});

test('a removed account is in no organization, and the management account cannot be removed', async (context) => {
  const subject = await withOrganization(context);
  const { call, refused, sojourn } = subject;
  const account = await newAccount(subject, 'member');
  const leave = { code: 'MasterCannotLeaveOrganizationException' };
  await refused('RemoveAccountFromOrganization', { AccountId: ACCOUNT }, leave);
  await refused('RemoveAccountFromOrganization', { AccountId: '999999999999' }, { code: 'AccountNotFoundException' });
  await call('RemoveAccountFromOrganization', { AccountId: account });
  assert.equal(await sojourn.state.organizationMembers.get(account), undefined);
  await refused('DescribeAccount', { AccountId: account }, { code: 'AccountNotFoundException' });
});
