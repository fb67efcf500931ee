/** What a session may do: the role's policies, cut by boundary and session policies, overruled by denies. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { elementText, type ApiAnswer } from '../../cli/api-client.ts';
import type { SigningCredentials } from '../../credentials/signature-v4/sign-request.ts';
import { ACCOUNT, credentialsIn, openSts, trustsJob, type StsUnderTest } from './sts-suite.ts';

let sts: StsUnderTest;
before(async () => {
  sts = await openSts();
});
after(() => sts.dispose());

function statement(effect: string, action: string, more: object = {}): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: effect, Action: action, Resource: '*', ...more }],
  });
}

async function session(role: string, name: string, document: string): Promise<SigningCredentials> {
  await sts.asRoot('iam', 'PutRolePolicy', { RoleName: name, PolicyName: 'p', PolicyDocument: document });
  return credentialsIn(await sts.federate(role, sts.token()));
}

function denial(answer: ApiAnswer): string {
  assert.equal(answer.status, 403, answer.body);
  return (elementText(answer, 'Message') ?? '').replace(/^.*? on resource: (?:role )?\S+ /, '');
}

test('a permissions boundary limits what the role’s policies allow, and is named in the denial', async () => {
  const boundary = await sts.asRoot('iam', 'CreatePolicy', {
    PolicyName: 'boundary',
    PolicyDocument: statement('Allow', 'iam:Get*'),
  });
  const role = await sts.role('bounded', [trustsJob()], { PermissionsBoundary: elementText(boundary, 'Arn') ?? '' });
  const job = await session(role, 'bounded', statement('Allow', 'iam:*'));
  assert.equal((await sts.call('iam', 'GetRole', { RoleName: 'bounded' }, job)).status, 200);
  assert.equal(
    denial(await sts.call('iam', 'ListRoles', {}, job)),
    'because no permissions boundary allows the iam:ListRoles action',
  );
});

test('what no policy allows is denied, what one denies is denied although another allows it', async () => {
  const role = await sts.role('plain', [trustsJob()]);
  const none = credentialsIn(await sts.federate(role, sts.token()));
  assert.equal(
    denial(await sts.call('iam', 'GetRole', { RoleName: 'plain' }, none)),
    'because no identity-based policy allows the iam:GetRole action',
  );
  const job = await session(role, 'plain', statement('Allow', 'iam:GetRole'));
  assert.equal((await sts.call('iam', 'GetRole', { RoleName: 'plain' }, job)).status, 200);
  const deny = statement('Deny', 'iam:GetRole');
  await sts.asRoot('iam', 'PutRolePolicy', { RoleName: 'plain', PolicyName: 'deny', PolicyDocument: deny });
  assert.match(
    denial(await sts.call('iam', 'GetRole', { RoleName: 'plain' }, job)),
    /^with an explicit deny in an identity-based policy/,
  );
});

test('a managed policy counts by its default version, at once when that changes', async () => {
  const policy = await sts.asRoot('iam', 'CreatePolicy', {
    PolicyName: 'managed',
    PolicyDocument: statement('Allow', 'iam:GetRole'),
  });
  const PolicyArn = elementText(policy, 'Arn') ?? '';
  const role = await sts.role('managed', [trustsJob()]);
  await sts.asRoot('iam', 'AttachRolePolicy', { RoleName: 'managed', PolicyArn });
  const job = credentialsIn(await sts.federate(role, sts.token()));
  const get = async (): Promise<number> => (await sts.call('iam', 'GetRole', { RoleName: 'managed' }, job)).status;
  assert.equal(await get(), 200);
  const next = { PolicyArn, PolicyDocument: statement('Allow', 'iam:ListRoles'), SetAsDefault: 'true' };
  await sts.asRoot('iam', 'CreatePolicyVersion', next);
  assert.equal(await get(), 403);
  await sts.asRoot('iam', 'SetDefaultPolicyVersion', { PolicyArn, VersionId: 'v1' });
  assert.equal(await get(), 200);
  await sts.asRoot('iam', 'DetachRolePolicy', { RoleName: 'managed', PolicyArn });
  assert.equal(await get(), 403);
});

test('a user has its groups’ policies, denies included, for as long as it is in them', async () => {
  const frank = await sts.user('frank');
  await sts.asRoot('iam', 'CreateGroup', { GroupName: 'readers' });
  const put = (PolicyName: string, PolicyDocument: string): Promise<unknown> =>
    sts.asRoot('iam', 'PutGroupPolicy', { GroupName: 'readers', PolicyName, PolicyDocument });
  await put('allow', statement('Allow', 'iam:ListRoles'));
  const list = async (): Promise<number> => (await sts.call('iam', 'ListRoles', {}, frank)).status;
  assert.equal(await list(), 403);
  await sts.asRoot('iam', 'AddUserToGroup', { GroupName: 'readers', UserName: 'frank' });
  assert.equal(await list(), 200);
  await put('deny', statement('Deny', 'iam:*'));
  assert.equal(await list(), 403);
  await sts.asRoot('iam', 'RemoveUserFromGroup', { GroupName: 'readers', UserName: 'frank' });
  assert.equal(await list(), 403);
});

test('policy variables and session tags decide: each team reads its own role only', async () => {
  const role = await sts.role('teams', [trustsJob('sts:TagSession')]);
  const own = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'iam:GetRole',
        Resource: `arn:aws:iam::${ACCOUNT}:role/\${aws:PrincipalTag/team, 'nobody'}`,
      },
    ],
  });
  await sts.asRoot('iam', 'PutRolePolicy', { RoleName: 'teams', PolicyName: 'p', PolicyDocument: own });
  await sts.role('payments', [trustsJob()]);
  const tags = { 'https://aws.amazon.com/tags': { principal_tags: { Team: ['payments'] } } };
  const job = credentialsIn(await sts.federate(role, sts.token(tags)));
  assert.equal((await sts.call('iam', 'GetRole', { RoleName: 'payments' }, job)).status, 200);
  assert.equal((await sts.call('iam', 'GetRole', { RoleName: 'teams' }, job)).status, 403);
});
