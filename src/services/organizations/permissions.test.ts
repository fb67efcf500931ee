/** What each call needs permission for, and that a caller without it is refused. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { organizationsOperations } from './operations.ts';
import { ACCOUNT, callBy, DENY_DELETION, newAccount, rootOf, withOrganization } from './organizations-suite.ts';

test('every operation asks for the action of its name', () => {
  for (const [name, { permission }] of Object.entries(organizationsOperations)) {
    assert.equal(permission.kind, 'actions', name);
    const tagging = ['CreateAccount', 'CreateOrganizationalUnit', 'CreatePolicy'].includes(name);
    const actions = [`organizations:${name}`, ...(tagging ? ['organizations:TagResource'] : [])];
    assert.deepEqual(permission.kind === 'actions' && permission.actions, actions);
  }
});

test('what is made with tags asks for the permission to tag it too, and without tags does not', async (context) => {
  const { call, iam, refused, requirements, rootId, organizationId } = await withOrganization(context);
  const Tags = [{ Key: 'team', Value: 'x' }];
  const policy = { Type: 'SERVICE_CONTROL_POLICY', Name: 'p', Description: '', Content: DENY_DELETION } as const;
  const prefix = `arn:aws:organizations::${ACCOUNT}`;
  const tagging = (resource: string) => ({
    action: 'organizations:TagResource',
    resource: `${prefix}:${resource}`,
    context: { 'aws:RequestTag/team': 'x', 'aws:TagKeys': ['team'] },
  });
  const account = { Email: 'a@example.com', AccountName: 'a' };
  const unit = { ParentId: rootId, Name: 'u' };
  const made = [
    [await requirements('CreateAccount', { ...account, Tags }), `account/${organizationId}/*`],
    [await requirements('CreateOrganizationalUnit', { ...unit, Tags }), `ou/${organizationId}/*`],
    [await requirements('CreatePolicy', { ...policy, Tags }), `policy/${organizationId}/service_control_policy/*`],
  ] as const;
  for (const [needed, resource] of made) assert.deepEqual(needed[1], tagging(resource));
  assert.equal((await requirements('CreateAccount', { ...account, Tags: [] })).length, 1);

  await iam.call('CreateUser', { UserName: 'maker' });
  const allow = async (...actions: readonly string[]) => {
    const Statement = [{ Effect: 'Allow', Action: actions, Resource: `${prefix}:*` }];
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await iam.call('PutUserPolicy', { UserName: 'maker', PolicyName: 'make', PolicyDocument });
    return iam.userCaller('maker');
  };
  const untagging = await allow('organizations:CreateOrganizationalUnit');
  await call('CreateOrganizationalUnit', unit, untagging);
  await refused('CreateOrganizationalUnit', { ParentId: rootId, Name: 'v', Tags }, { code: 'AccessDenied' }, untagging);
  const both = await allow('organizations:CreateOrganizationalUnit', 'organizations:TagResource');
  await call('CreateOrganizationalUnit', { ParentId: rootId, Name: 'v', Tags }, both);
});

test('policies and targets are named by their ARNs, with type and tags as condition keys', async (context) => {
  const { call, requirements, rootId, organizationId } = await withOrganization(context);
  const draft = { Type: 'SERVICE_CONTROL_POLICY', Name: 'p', Description: '', Content: DENY_DELETION } as const;
  const { Policy } = await call('CreatePolicy', { ...draft, Tags: [{ Key: 'team', Value: 'x' }] });
  const PolicyId = Policy?.PolicySummary?.Id ?? '';
  const prefix = `arn:aws:organizations::${ACCOUNT}`;
  assert.deepEqual(await requirements('AttachPolicy', { PolicyId, TargetId: rootId }), [
    {
      action: 'organizations:AttachPolicy',
      resource: `${prefix}:policy/${organizationId}/service_control_policy/${PolicyId}`,
      context: { 'aws:ResourceTag/team': 'x', 'organizations:PolicyType': 'SERVICE_CONTROL_POLICY' },
    },
    { action: 'organizations:AttachPolicy', resource: `${prefix}:root/${organizationId}/${rootId}`, context: {} },
  ]);
  assert.deepEqual(await requirements('DescribeAccount', { AccountId: ACCOUNT }), [
    {
      action: 'organizations:DescribeAccount',
      resource: `${prefix}:account/${organizationId}/${ACCOUNT}`,
      context: {},
    },
  ]);
  assert.deepEqual(await requirements('CreatePolicy', { ...draft, Tags: [{ Key: 'team', Value: 'x' }] }), [
    {
      action: 'organizations:CreatePolicy',
      resource: '*',
      context: {
        'organizations:PolicyType': 'SERVICE_CONTROL_POLICY',
        'aws:RequestTag/team': 'x',
        'aws:TagKeys': ['team'],
      },
    },
    {
      action: 'organizations:TagResource',
      resource: `${prefix}:policy/${organizationId}/service_control_policy/*`,
      context: { 'aws:RequestTag/team': 'x', 'aws:TagKeys': ['team'] },
    },
  ]);
});

test('a user may what its policies say, and no more', async (context) => {
  const { call, iam, refused, rootId } = await withOrganization(context);
  await iam.call('CreateUser', { UserName: 'reader' });
  const document = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['organizations:List*', 'organizations:Describe*'], Resource: '*' }],
  };
  const put = { UserName: 'reader', PolicyName: 'read', PolicyDocument: JSON.stringify(document) };
  await iam.call('PutUserPolicy', put);
  const reader = await iam.userCaller('reader');
  assert.equal((await call('ListRoots', {}, reader)).Roots?.length, 1);
  assert.equal(
    (await call('DescribePolicy', { PolicyId: 'p-FullAWSAccess' }, reader)).Policy?.PolicySummary?.AwsManaged,
    true,
  );
  const create = { ParentId: rootId, Name: 'u' };
  await refused(
    'CreateOrganizationalUnit',
    create,
    {
      code: 'AccessDenied',
      message: "You don't have permissions to access this resource.",
    },
    reader,
  );
});

test('everything of an organization belongs to the management account, for members who describe it too', async (context) => {
  const subject = await withOrganization(context);
  const { call, iam, refused } = subject;
  const member = await newAccount(subject, 'member');
  const owned = (account: string): string =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 'organizations:*',
          Resource: '*',
          Condition: { StringEquals: { 'aws:ResourceAccount': account } },
        },
      ],
    });
  const denied = { code: 'AccessDenied', message: "You don't have permissions to access this resource." };
  await iam.call('CreateUser', { UserName: 'reader' });
  for (const [account, allowed] of [
    [ACCOUNT, true],
    [member, false],
  ] as const) {
    const put = { UserName: 'reader', PolicyName: 'owned', PolicyDocument: owned(account) };
    await iam.call('PutUserPolicy', put);
    const reader = await iam.userCaller('reader');
    if (allowed) {
      await call('DescribeOrganization', {}, reader);
      await call('ListAccounts', {}, reader);
      await call('DescribePolicy', { PolicyId: 'p-FullAWSAccess' }, reader);
    } else {
      await refused('DescribeOrganization', {}, denied, reader);
      await refused('ListAccounts', {}, denied, reader);
      await refused('DescribePolicy', { PolicyId: 'p-FullAWSAccess' }, denied, reader);
    }
  }
  const permission = organizationsOperations.DescribeOrganization?.permission;
  assert.ok(permission?.kind === 'actions');
  const [needed] = await permission.requirements({}, callBy(rootOf(member), subject.sojourn));
  assert.deepEqual(needed?.context, { 'aws:ResourceAccount': ACCOUNT });
});
