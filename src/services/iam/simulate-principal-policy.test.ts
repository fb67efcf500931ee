import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { iamArn, parseAccountId } from '../../base/arn.ts';
import type { PolicyIdentifier } from '../../wire/generated/iam-types.ts';
import { ACCOUNT, openIam, type IamUnderTest } from './iam-suite.ts';

const BUCKET = 'arn:aws:s3:::bucket/key';
const BOB = `arn:aws:iam::${ACCOUNT}:user/bob`;

function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

function allow(Action: string, Resource: string = '*', more: object = {}): object {
  return { Effect: 'Allow', Action, Resource, ...more };
}

test('a principal is simulated with all its policies, by the names AWS gives them', async (t) => {
  const iam = await openIam(t);
  await iam.call('CreateUser', { UserName: 'bob', Tags: [{ Key: 'team', Value: 'blue' }] });
  await iam.call('CreateGroup', { GroupName: 'readers' });
  await iam.call('AddUserToGroup', { GroupName: 'readers', UserName: 'bob' });
  const inline = policy(
    allow('s3:GetObject', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'blue' } } }),
  );
  await iam.call('PutUserPolicy', { UserName: 'bob', PolicyName: 'own', PolicyDocument: inline });
  await iam.call('PutGroupPolicy', {
    GroupName: 'readers',
    PolicyName: 'team',
    PolicyDocument: policy(allow('s3:Get*')),
  });
  const PolicyArn = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess';
  await iam.call('AttachUserPolicy', { UserName: 'bob', PolicyArn });
  await iam.call('AttachGroupPolicy', { GroupName: 'readers', PolicyArn });
  const ask = async (PolicySourceArn: string, more: object = {}): Promise<readonly (string | undefined)[]> => {
    const asked = { PolicySourceArn, ActionNames: ['s3:GetObject'], ResourceArns: [BUCKET], ...more };
    const [result] = (await iam.call('SimulatePrincipalPolicy', asked)).EvaluationResults ?? [];
    return [result?.EvalDecision, ...(result?.MatchedStatements ?? []).map((one) => one.SourcePolicyId)];
  };
  assert.deepEqual(await ask(BOB), ['allowed', 'user_bob_own', 'group_readers_team', 'AmazonS3ReadOnlyAccess']);
  assert.deepEqual(await ask(`arn:aws:iam::${ACCOUNT}:group/readers`), [
    'allowed',
    'group_readers_team',
    'AmazonS3ReadOnlyAccess',
  ]);
  assert.deepEqual(
    (await ask(`arn:aws:iam::${ACCOUNT}:user/somewhere/else/bob`))[0],
    'allowed',
    'the path of the source does not count',
  );
  assert.deepEqual(await ask(BOB, { ActionNames: ['s3:PutObject'], PolicyInputList: [policy(allow('s3:Put*'))] }), [
    'allowed',
    'PolicyInputList.1',
  ]);
  assert.deepEqual(await ask(BOB, { ActionNames: ['s3:PutObject'] }), ['implicitDeny']);
  const PermissionsBoundary = 'arn:aws:iam::aws:policy/IAMFullAccess';
  await iam.call('PutUserPermissionsBoundary', { UserName: 'bob', PermissionsBoundary });
  assert.deepEqual(await ask(BOB), ['implicitDeny']);
  assert.equal((await ask(BOB, { PolicyExclusionList: [{ PolicyType: 'permission-boundary' }] }))[0], 'allowed');
  const instead = { PermissionsBoundaryPolicyInputList: [policy(allow('s3:*'))] };
  assert.equal((await ask(BOB, instead))[0], 'allowed', 'a boundary of the request stands for the attached one');
});

test('service control policies count in the simulation of a principal, and the answer says so', async (t) => {
  const iam = await openIam(t);
  await iam.call('CreateUser', { UserName: 'bob' });
  await iam.call('AttachUserPolicy', { UserName: 'bob', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' });
  const ask = async (action: string, ...PolicyExclusionList: PolicyIdentifier[]): Promise<readonly unknown[]> => {
    const asked = { PolicySourceArn: BOB, ActionNames: [action], ResourceArns: [BUCKET], PolicyExclusionList };
    const [result] = (await iam.call('SimulatePrincipalPolicy', asked)).EvaluationResults ?? [];
    const told = (result?.MatchedStatements ?? []).map((one) => one.SourcePolicyId);
    // Statements of service control policies are not told.
    assert.deepEqual(told, result?.EvalDecision === 'allowed' ? ['AdministratorAccess'] : []);
    return [result?.EvalDecision, result?.OrganizationsDecisionDetail, result?.EvalDecisionDetails];
  };
  assert.deepEqual(await ask('s3:GetObject'), ['allowed', undefined, {}], 'the account is in no organization');
  await iam.sojourn.state.write(async (writers) => {
    const policies = ['p-FullAWSAccess'];
    const root = { id: 'r-aaaa', enabledPolicyTypes: ['SERVICE_CONTROL_POLICY'] as const, policies, tags: [] };
    const managementAccount = parseAccountId('999999999999') ?? ACCOUNT;
    const id = 'o-aaaaaaaaaa';
    const names = { managementAccount, managementEmail: 'm@example.com' };
    await writers.organizations.put(id, { id, featureSet: 'ALL', ...names, createDate: 0, root });
    await writers.organizationMembers.put(ACCOUNT, { name: id });
    await writers.organizationAccounts.put(`${id}/${ACCOUNT}`, {
      id: ACCOUNT,
      name: 'member',
      email: 'member@example.com',
      status: 'ACTIVE',
      joinedMethod: 'CREATED',
      joinDate: 0,
      parentId: 'r-aaaa',
      policies: ['p-readings'],
      tags: [],
    });
    await writers.organizationPolicies.put(`${id}/p-readings`, {
      id: 'p-readings',
      arn: iamArn(ACCOUNT, 'policy/readings'),
      type: 'SERVICE_CONTROL_POLICY',
      name: 'readings',
      description: '',
      content: policy(allow('s3:Get*'), allow('iam:*')),
      tags: [],
    });
  });
  assert.deepEqual(await ask('s3:GetObject'), ['allowed', { AllowedByOrganizations: true }, {}]);
  assert.deepEqual(await ask('s3:PutObject'), ['implicitDeny', { AllowedByOrganizations: false }, {}]);
  assert.deepEqual(await ask('s3:PutObject', { PolicyType: 'scp' }), ['allowed', undefined, {}]);
  assert.deepEqual(await ask('s3:GetObject', { PolicyType: 'rcp' }), ['allowed', { AllowedByOrganizations: true }, {}]);
  await iam.sojourn.state.write(async (writers) => {
    const organization = await writers.organizations.get('o-aaaaaaaaaa');
    assert.ok(organization !== undefined);
    const root = { ...organization.root, enabledPolicyTypes: [] };
    await writers.organizations.put(organization.id, { ...organization, root });
  });
  const inOrganization = (value: string): string =>
    policy(allow('ec2:*', '*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': value } } }));
  const byOrganization = async (value: string): Promise<unknown> => {
    const asked = {
      PolicySourceArn: BOB,
      ActionNames: ['ec2:DescribeInstances'],
      PolicyInputList: [inOrganization(value)],
      PolicyExclusionList: [{ PolicyType: 'aws-managed' as const }],
    };
    return (await iam.call('SimulatePrincipalPolicy', asked)).EvaluationResults?.[0]?.EvalDecision;
  };
  assert.deepEqual([await byOrganization('o-aaaaaaaaaa'), await byOrganization('o-b')], ['allowed', 'implicitDeny']);
  const unbound = await ask('s3:PutObject');
  assert.deepEqual(unbound, ['allowed', { AllowedByOrganizations: true }, {}], 'a member that no such policy binds');
});

test('the source calls unless another caller is named', async (t) => {
  const iam = await openIam(t);
  await iam.call('CreateUser', { UserName: 'bob' });
  const decide = async (id: string, CallerArn?: string): Promise<unknown> => {
    const document = policy(allow('s3:*', '*', { Condition: { StringEquals: { 'aws:userid': id } } }));
    const asked = { PolicySourceArn: BOB, PolicyInputList: [document], ActionNames: ['s3:GetObject'], CallerArn };
    return (await iam.call('SimulatePrincipalPolicy', asked)).EvaluationResults?.[0]?.EvalDecision;
  };
  const alice = `arn:aws:iam::${ACCOUNT}:user/alice`;
  assert.equal(await decide(BOB), 'allowed');
  assert.equal(await decide(alice, alice), 'allowed');
  assert.equal(await decide(BOB, alice), 'implicitDeny');
});

/** A user with a policy of each kind, each allowing an action of its own. */
async function openWithPolicies(t: TestContext): Promise<IamUnderTest> {
  const iam = await openIam(t);
  await iam.call('CreateUser', { UserName: 'bob' });
  await iam.call('CreateGroup', { GroupName: 'readers' });
  await iam.call('AddUserToGroup', { GroupName: 'readers', UserName: 'bob' });
  const document = policy(allow('s3:GetObject'));
  await iam.call('PutUserPolicy', { UserName: 'bob', PolicyName: 'own', PolicyDocument: document });
  await iam.call('PutGroupPolicy', { GroupName: 'readers', PolicyName: 'own', PolicyDocument: document });
  const made = { PolicyName: 'ours', Path: '/team/', PolicyDocument: document };
  const { Policy } = await iam.call('CreatePolicy', made);
  await iam.call('AttachUserPolicy', { UserName: 'bob', PolicyArn: Policy?.Arn ?? '' });
  await iam.call('AttachUserPolicy', { UserName: 'bob', PolicyArn: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess' });
  return iam;
}

test('policies of the entity are left out by kind, by name and by what they hang on', async (t) => {
  const iam = await openWithPolicies(t);
  const counting = async (...PolicyExclusionList: readonly PolicyIdentifier[]): Promise<readonly unknown[]> => {
    const asked = { PolicySourceArn: BOB, ActionNames: ['s3:GetObject'], PolicyExclusionList };
    const [result] = (await iam.call('SimulatePrincipalPolicy', asked)).EvaluationResults ?? [];
    return (result?.MatchedStatements ?? []).map((one) => one.SourcePolicyId);
  };
  const all = ['user_bob_own', 'group_readers_own', 'ours', 'AmazonS3ReadOnlyAccess'];
  const without = (...ids: readonly string[]): readonly string[] => all.filter((id) => !ids.includes(id));
  assert.deepEqual(await counting(), all);
  assert.deepEqual(await counting({ PolicyType: 'inline' }), without('user_bob_own', 'group_readers_own'));
  assert.deepEqual(await counting({ PolicyType: 'aws-managed' }), without('AmazonS3ReadOnlyAccess'));
  assert.deepEqual(await counting({ PolicyType: 'user-managed' }), without('ours'));
  const ours = (path: string): PolicyIdentifier => ({ PolicyArn: `arn:aws:iam::${ACCOUNT}:policy/${path}ours` });
  assert.deepEqual(await counting(ours('')), without('ours'), 'by the ARN that it would have without a path');
  assert.deepEqual(await counting(ours('team/')), all, 'not by its own');
  const inline = (AttachmentType: 'user' | 'group', AttachmentName: string, PolicyName = 'own'): PolicyIdentifier => ({
    InlinePolicyIdentifier: { PolicyName, AttachmentType, AttachmentName },
  });
  assert.deepEqual(await counting(inline('user', 'bob')), without('user_bob_own'));
  assert.deepEqual(await counting(inline('group', 'r*s')), without('group_readers_own'));
  assert.deepEqual(await counting(inline('user', 'b?b')), without('user_bob_own'));
  assert.deepEqual(await counting(inline('group', 'bob')), all);
  assert.deepEqual(await counting(inline('user', 'bob', 'Own')), all);
  assert.deepEqual(await counting({ PolicyType: 'inline' }, ours('')), ['AmazonS3ReadOnlyAccess']);
});

test('what is left out must be named well', async (t) => {
  const iam = await openWithPolicies(t);
  const refused = async (one: object, code: string, message: string | RegExp): Promise<void> =>
    iam.refused(
      'SimulatePrincipalPolicy',
      { PolicySourceArn: BOB, ActionNames: ['s3:GetObject'], PolicyExclusionList: [one] },
      { code, status: 400, message },
    );
  const unclear = 'Invalid inline policy exclusion: policyName, attachmentType, and attachmentName are required';
  const named = (PolicyName: string, AttachmentName: string): object => ({
    InlinePolicyIdentifier: { PolicyName, AttachmentType: 'user', AttachmentName },
  });
  await refused(named('o*n', 'bob'), 'InvalidInput', unclear);
  await refused(named('own', '*o*'), 'InvalidInput', unclear);
  await refused(
    named('*', 'bob'),
    'ValidationError',
    "1 validation error detected: Value '*' at 'policyExclusionList.1.member.inlinePolicyIdentifier.policyName' failed to satisfy constraint: Member must satisfy regular expression pattern: .*[\\w+=,.@-]+.*",
  );
  await refused(
    { PolicyType: 'bogus' },
    'ValidationError',
    /^1 validation error detected: Value 'bogus' at 'policyExclusionList\.1\.member\.policyType' failed to satisfy/,
  );
});

test('the source is a user, a group or a role of the account', async (t) => {
  const iam = await openIam(t);
  const ask = async (PolicySourceArn: string, code: string, status: number, message: string): Promise<void> => {
    const refusal = { code, status, message };
    await iam.refused('SimulatePrincipalPolicy', { PolicySourceArn, ActionNames: ['s3:GetObject'] }, refusal);
    await iam.refused('GetContextKeysForPrincipalPolicy', { PolicySourceArn }, refusal);
  };
  await ask(BOB, 'NoSuchEntity', 404, 'Unable to retrieve specified IAM entity.');
  const foreign = `Invalid Policy Source Arn: caller's account ${ACCOUNT} does not have access to policies in account 999999999999.`;
  await ask('arn:aws:iam::999999999999:user/bob', 'InvalidInput', 400, foreign);
  for (const arn of [
    `arn:aws:iam::${ACCOUNT}:root`,
    `arn:aws:sts::${ACCOUNT}:assumed-role/ci/run`,
    'arn:aws:s3:::a-longer-bucket',
  ]) {
    await ask(arn, 'InvalidInput', 400, `Invalid ARN provided in the request: ${arn}`);
  }
});

test('a policy that the user and its group have attached counts once', async (t) => {
  const iam = await openIam(t);
  await iam.call('CreateUser', { UserName: 'bob' });
  await iam.call('CreateGroup', { GroupName: 'readers' });
  await iam.call('AddUserToGroup', { GroupName: 'readers', UserName: 'bob' });
  const PolicyDocument = policy(allow('s3:*', '*', { Condition: { StringEquals: { 'test:once': 'x' } } }));
  const { Policy } = await iam.call('CreatePolicy', { PolicyName: 'shared', PolicyDocument });
  await iam.call('AttachUserPolicy', { UserName: 'bob', PolicyArn: Policy?.Arn ?? '' });
  await iam.call('AttachGroupPolicy', { GroupName: 'readers', PolicyArn: Policy?.Arn ?? '' });
  const { ContextKeyNames } = await iam.call('GetContextKeysForPrincipalPolicy', { PolicySourceArn: BOB });
  assert.deepEqual(ContextKeyNames, ['test:once']);
});

test('a boundary that is gone allows nothing', async (t) => {
  const iam = await openIam(t);
  const PermissionsBoundary = 'arn:aws:iam::aws:policy/AdministratorAccess';
  await iam.call('CreateUser', { UserName: 'bob', PermissionsBoundary });
  await iam.call('AttachUserPolicy', { UserName: 'bob', PolicyArn: PermissionsBoundary });
  const ask = async (): Promise<readonly unknown[]> => {
    const asked = { PolicySourceArn: BOB, ActionNames: ['s3:GetObject'] };
    const [result] = (await iam.call('SimulatePrincipalPolicy', asked)).EvaluationResults ?? [];
    return [result?.EvalDecision, result?.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary];
  };
  assert.deepEqual(await ask(), ['allowed', true]);
  await iam.sojourn.state.write(async (writers) => {
    const user = await writers.users.get(`${ACCOUNT}/bob`);
    assert.ok(user !== undefined);
    await writers.users.put(`${ACCOUNT}/bob`, { ...user, permissionsBoundary: iamArn(ACCOUNT, 'policy/gone') });
  });
  assert.deepEqual(await ask(), ['implicitDeny', false]);
});

test('a resource policy is checked whoever calls, and the source calls when nobody is named', async (t) => {
  const iam = await openIam(t);
  await iam.call('CreateUser', { UserName: 'bob' });
  await iam.call('CreateGroup', { GroupName: 'readers' });
  const shared = (Principal: unknown, Resource: string): string =>
    policy({ Effect: 'Allow', Principal, Action: 's3:GetObject', Resource });
  const ask = (ResourcePolicy: string, more: object = {}) => ({
    PolicySourceArn: BOB,
    ActionNames: ['s3:GetObject'],
    ResourceArns: [BUCKET],
    ResourcePolicy,
    ...more,
  });
  const decide = async (...asked: Parameters<typeof ask>): Promise<unknown> =>
    (await iam.call('SimulatePrincipalPolicy', ask(...asked))).EvaluationResults?.[0]?.EvalDecision;
  assert.equal(await decide(shared({ AWS: BOB }, BUCKET)), 'allowed');
  assert.equal(await decide(shared({ AWS: `${BOB}-2` }, BUCKET)), 'implicitDeny');
  const group = { PolicySourceArn: `arn:aws:iam::${ACCOUNT}:group/readers` };
  assert.equal(await decide(shared('*', BUCKET), group), 'allowed');
  const refuse = (message: string | RegExp, ...asked: Parameters<typeof ask>): Promise<void> =>
    iam.refused('SimulatePrincipalPolicy', ask(...asked), { code: 'InvalidInput', status: 400, message });
  await refuse('ResourceNames are not in a valid ARN format: *.', shared('*', '*'));
  await refuse(/^Invalid Entity Arn: \*/, shared('*', BUCKET), { ResourceArns: [] });
  await refuse(/\S/, '{');
  await refuse(/\S/, policy(allow('s3:GetObject', BUCKET)), group);
});
