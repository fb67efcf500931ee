import assert from 'node:assert/strict';
import { test } from 'node:test';
import { iamArn, parseAccountId } from '../../base/arn.ts';
import type {
  ContextEntry,
  SimulateCustomPolicyRequest,
  SimulatePolicyResponse,
} from '../../wire/generated/iam-types.ts';
import { ACCOUNT, openIam } from './iam-suite.ts';

const BUCKET = 'arn:aws:s3:::bucket/key';
const BOB = `arn:aws:iam::${ACCOUNT}:user/bob`;
const GITHUB = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;

function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

function allow(Action: string, Resource: string = '*', more: object = {}): object {
  return { Effect: 'Allow', Action, Resource, ...more };
}

/** A request that asks one action of one resource unless `more` says otherwise. */
function request(more: Partial<SimulateCustomPolicyRequest>): SimulateCustomPolicyRequest {
  return { PolicyInputList: [policy(allow('s3:*'))], ActionNames: ['s3:GetObject'], ResourceArns: [BUCKET], ...more };
}

/** Action, resource and decision of each result. */
function decisions({ EvaluationResults = [] }: SimulatePolicyResponse): readonly string[] {
  return EvaluationResults.map((one) => `${one.EvalActionName} ${one.EvalResourceName} ${one.EvalDecision}`);
}

test('every action is asked of every resource, in that order; a page is of so many actions', async (t) => {
  const iam = await openIam(t);
  const asked = request({
    ActionNames: ['s3:GetObject', 'iam:GetUser'],
    ResourceArns: [BUCKET, 'arn:aws:s3:::other/key', '*'],
    MaxItems: 1,
  });
  const first = await iam.call('SimulateCustomPolicy', asked);
  const second = await iam.call('SimulateCustomPolicy', { ...asked, Marker: first.Marker });
  assert.deepEqual(
    [...decisions(first), ...decisions(second)],
    [
      `s3:GetObject ${BUCKET} allowed`,
      's3:GetObject arn:aws:s3:::other/key allowed',
      's3:GetObject * allowed',
      `iam:GetUser ${BUCKET} implicitDeny`,
      'iam:GetUser arn:aws:s3:::other/key implicitDeny',
      'iam:GetUser * implicitDeny',
    ],
  );
  assert.equal(first.EvaluationResults?.length, 3);
  assert.deepEqual([first.IsTruncated, second.IsTruncated, second.Marker], [true, false, undefined]);
  await iam.refused(
    'SimulatePrincipalPolicy',
    { ...asked, PolicySourceArn: BOB, Marker: first.Marker },
    {
      code: 'NoSuchEntity',
      status: 404,
      message: 'The user with name bob cannot be found.',
    },
  );
  await iam.refused(
    'SimulateCustomPolicy',
    { ...asked, Marker: 'x' },
    {
      code: 'ValidationError',
      status: 400,
      message: 'Invalid Marker.',
    },
  );
});

test('members stand as AWS answers them: with an ARN the missing keys are in the resource’s own result', async (t) => {
  const iam = await openIam(t);
  const PolicyInputList = [
    policy(allow('s3:*', '*', { Condition: { StringEquals: { 'aws:RequestTag/Team': '${aws:PrincipalTag/team}' } } })),
  ];
  const everything = await iam.call('SimulateCustomPolicy', request({ PolicyInputList, ResourceArns: undefined }));
  assert.deepEqual(everything.EvaluationResults, [
    {
      EvalActionName: 's3:GetObject',
      EvalResourceName: '*',
      EvalDecision: 'implicitDeny',
      MatchedStatements: [],
      MissingContextValues: ['aws:RequestTag/Team', 'aws:principaltag/team'],
    },
  ]);
  const one = await iam.call('SimulateCustomPolicy', request({ PolicyInputList }));
  const [result] = one.EvaluationResults ?? [];
  assert.deepEqual([result?.MissingContextValues, result?.EvalDecisionDetails], [[], {}]);
  assert.deepEqual(result?.ResourceSpecificResults, [
    {
      EvalResourceName: BUCKET,
      EvalResourceDecision: 'implicitDeny',
      MatchedStatements: [],
      MissingContextValues: ['aws:RequestTag/Team', 'aws:principaltag/team'],
    },
  ]);
});

test('the statements that decided are named with their places; of a denial only those that deny', async (t) => {
  const iam = await openIam(t);
  const PolicyInputList = [
    policy(allow('s3:Get*'), allow('s3:Put*')),
    policy({ Effect: 'Deny', Action: 's3:DeleteObject', Resource: '*' }, allow('s3:*')),
  ];
  const answer = await iam.call(
    'SimulateCustomPolicy',
    request({ PolicyInputList, ActionNames: ['s3:GetObject', 's3:DeleteObject'] }),
  );
  const matched = (answer.EvaluationResults ?? []).map(({ MatchedStatements = [] }) =>
    MatchedStatements.map((one) => [one.SourcePolicyId, one.SourcePolicyType, one.StartPosition?.Column]),
  );
  const second = 38 + '{"Effect":"Deny","Action":"s3:DeleteObject","Resource":"*"}'.length;
  assert.deepEqual(matched, [
    [
      ['PolicyInputList.1', 'IAM Policy', 38],
      ['PolicyInputList.2', 'IAM Policy', second],
    ],
    [['PolicyInputList.2', 'IAM Policy', 38]],
  ]);
});

test('aws:userid is a stub’s without a caller, the ARN of a named one, and what an entry says before both', async (t) => {
  const iam = await openIam(t);
  const decided = async (userid: string, more: Partial<SimulateCustomPolicyRequest> = {}): Promise<unknown> => {
    const Condition = { StringEquals: { 'aws:userid': userid } };
    const PolicyInputList = [policy(allow('s3:GetObject', '*', { Condition }))];
    const answer = await iam.call('SimulateCustomPolicy', request({ PolicyInputList, ...more }));
    return answer.EvaluationResults?.[0]?.EvalDecision;
  };
  assert.equal(await decided('STUB_PRINCIPAL_FOR_POLICY_SIMULATOR'), 'allowed');
  assert.equal(await decided('STUB_PRINCIPAL_FOR_POLICY_SIMULATOR', { CallerArn: BOB }), 'implicitDeny');
  assert.equal(await decided(BOB, { CallerArn: BOB }), 'allowed');
  const ContextEntries = [
    { ContextKeyName: 'aws:userid', ContextKeyValues: ['AIDAX'], ContextKeyType: 'string' as const },
  ];
  assert.equal(await decided('AIDAX', { CallerArn: BOB, ContextEntries }), 'allowed');
});

test('a boundary limits and says so', async (t) => {
  const iam = await openIam(t);
  const ask = async (action: string): Promise<readonly unknown[]> => {
    const PermissionsBoundaryPolicyInputList = [policy(allow('s3:GetObject'))];
    const asked = request({ ActionNames: [action], PermissionsBoundaryPolicyInputList });
    const [result] = (await iam.call('SimulateCustomPolicy', asked)).EvaluationResults ?? [];
    return [result?.EvalDecision, result?.PermissionsBoundaryDecisionDetail];
  };
  assert.deepEqual(await ask('s3:GetObject'), ['allowed', { AllowedByPermissionsBoundary: true }]);
  assert.deepEqual(await ask('s3:PutObject'), ['implicitDeny', { AllowedByPermissionsBoundary: false }]);
  const PermissionsBoundaryPolicyInputList = [policy({ Effect: 'Deny', Action: 's3:*', Resource: '*' })];
  const denied = await iam.call('SimulateCustomPolicy', request({ PermissionsBoundaryPolicyInputList }));
  const [{ MatchedStatements: matched = [] } = {}] = denied.EvaluationResults ?? [];
  assert.deepEqual(
    matched.map((one) => one.SourcePolicyType),
    ['Permissions Boundary Policy'],
  );
});

test('a resource policy of another account: both sides must allow, and each says what it said', async (t) => {
  const iam = await openIam(t);
  const ask = async (statement: object | undefined): Promise<readonly unknown[]> => {
    const Principal = { AWS: BOB };
    const ResourcePolicy = policy({ Principal, ...(statement ?? allow('s3:PutObject', BUCKET)) });
    const asked = request({ ResourcePolicy, CallerArn: BOB, ResourceOwner: 'arn:aws:iam::999999999999:root' });
    const [result] = (await iam.call('SimulateCustomPolicy', asked)).EvaluationResults ?? [];
    return [result?.EvalDecision, result?.EvalDecisionDetails];
  };
  assert.deepEqual(await ask(allow('s3:GetObject', BUCKET)), [
    'allowed',
    { 'IAM Policy': 'allowed', 'Resource Policy': 'allowed' },
  ]);
  assert.deepEqual(await ask(undefined), [
    'implicitDeny',
    { 'IAM Policy': 'allowed', 'Resource Policy': 'implicitDeny' },
  ]);
});

test('a trust policy is asked for a web identity: what AWS’s simulator cannot', async (t) => {
  const iam = await openIam(t);
  const key = (claim: string): string => `token.actions.githubusercontent.com:${claim}`;
  const ResourcePolicy = policy({
    Effect: 'Allow',
    Principal: { Federated: GITHUB },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringEquals: { [key('aud')]: 'sts.amazonaws.com' }, StringLike: { [key('sub')]: 'repo:a/b:*' } },
  });
  const ask = async (sub: string, CallerArn = GITHUB): Promise<SimulatePolicyResponse> => {
    const entry = (claim: string, value: string): ContextEntry => ({
      ContextKeyName: key(claim),
      ContextKeyValues: [value],
      ContextKeyType: 'string',
    });
    return iam.call('SimulateCustomPolicy', {
      PolicyInputList: [],
      ActionNames: ['sts:AssumeRoleWithWebIdentity'],
      ResourceArns: [`arn:aws:iam::${ACCOUNT}:role/deploy`],
      ResourcePolicy,
      CallerArn,
      ContextEntries: sub === '' ? [] : [entry('aud', 'sts.amazonaws.com'), entry('sub', sub)],
    });
  };
  const allowed = (await ask('repo:a/b:ref:refs/heads/main')).EvaluationResults?.[0];
  assert.equal(allowed?.EvalDecision, 'allowed');
  assert.equal(allowed.MatchedStatements?.[0]?.SourcePolicyType, 'Resource Policy');
  assert.equal((await ask('repo:a/c:x')).EvaluationResults?.[0]?.EvalDecision, 'implicitDeny');
  const missing = (await ask('')).EvaluationResults?.[0]?.ResourceSpecificResults?.[0]?.MissingContextValues;
  assert.deepEqual(missing, [key('aud'), key('sub')]);
  const other = `arn:aws:iam::${ACCOUNT}:oidc-provider/gitlab.com`;
  assert.equal((await ask('repo:a/b:x', other)).EvaluationResults?.[0]?.EvalDecision, 'implicitDeny');
});

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
  await iam.call('AttachUserPolicy', { UserName: 'bob', PolicyArn: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess' });
  const ask = async (PolicySourceArn: string, more: object = {}): Promise<readonly (string | undefined)[]> => {
    const asked = { PolicySourceArn, ActionNames: ['s3:GetObject'], ResourceArns: [BUCKET], ...more };
    const [result] = (await iam.call('SimulatePrincipalPolicy', asked)).EvaluationResults ?? [];
    return [result?.EvalDecision, ...(result?.MatchedStatements ?? []).map((one) => one.SourcePolicyId)];
  };
  assert.deepEqual(await ask(BOB), ['allowed', 'user_bob_own', 'AmazonS3ReadOnlyAccess', 'group_readers_team']);
  assert.deepEqual(await ask(`arn:aws:iam::${ACCOUNT}:group/readers`), ['allowed', 'group_readers_team']);
  assert.deepEqual(await ask(BOB, { ActionNames: ['s3:PutObject'], PolicyInputList: [policy(allow('s3:Put*'))] }), [
    'allowed',
    'PolicyInputList.1',
  ]);
  assert.deepEqual(await ask(BOB, { ActionNames: ['s3:PutObject'] }), ['implicitDeny']);
  const PermissionsBoundary = 'arn:aws:iam::aws:policy/IAMFullAccess';
  await iam.call('PutUserPermissionsBoundary', { UserName: 'bob', PermissionsBoundary });
  assert.deepEqual(await ask(BOB), ['implicitDeny']);
});

test('service control policies count in the simulation of a principal, and the answer says so', async (t) => {
  const iam = await openIam(t);
  await iam.call('CreateUser', { UserName: 'bob' });
  await iam.call('AttachUserPolicy', { UserName: 'bob', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' });
  const ask = async (action: string): Promise<readonly unknown[]> => {
    const asked = { PolicySourceArn: BOB, ActionNames: [action], ResourceArns: [BUCKET] };
    const [result] = (await iam.call('SimulatePrincipalPolicy', asked)).EvaluationResults ?? [];
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
  assert.deepEqual(await ask('s3:PutObject'), ['implicitDeny', { AllowedByOrganizations: false }, undefined]);
});

test('the simulator reads numbers and malformed addresses as AWS’s does, not as real authorization', async (t) => {
  const iam = await openIam(t);
  const decide = async (operator: string, values: unknown, actual: string): Promise<unknown> => {
    const answer = await iam.call('SimulateCustomPolicy', {
      PolicyInputList: [policy(allow('s3:*', '*', { Condition: { [operator]: { 'test:key': values } } }))],
      ActionNames: ['s3:GetObject'],
      ContextEntries: [{ ContextKeyName: 'test:key', ContextKeyValues: [actual], ContextKeyType: 'string' }],
    });
    return answer.EvaluationResults?.[0]?.EvalDecision;
  };
  assert.equal(await decide('NumericNotEquals', '1', 'many'), 'implicitDeny');
  assert.equal(await decide('NumericNotEquals', '1', '2'), 'allowed');
  assert.equal(await decide('DateNotEquals', '2030-01-01', 'soon'), 'allowed');
  for (const malformed of ['2001:db8::5/64', 'not-an-ip']) {
    assert.equal(await decide('IpAddress', malformed, '192.0.2.1'), 'implicitDeny', malformed);
    assert.equal(await decide('NotIpAddress', malformed, '192.0.2.1'), 'implicitDeny', malformed);
    assert.equal(await decide('IpAddress', ['192.0.2.0/24', malformed], '192.0.2.1'), 'allowed', malformed);
    assert.equal(await decide('IpAddress', [malformed, '192.0.2.0/24'], '192.0.2.1'), 'implicitDeny', malformed);
  }
  assert.equal(await decide('NotIpAddress', '2001:db8::/64', '192.0.2.1'), 'allowed');
});

test('a web identity is simulated by the conditions of the real call, which no simulator of AWS’s knows', async (t) => {
  const iam = await openIam(t);
  const key = 'token.actions.githubusercontent.com:actor_id';
  const decide = async (actual: string): Promise<unknown> => {
    const answer = await iam.call('SimulateCustomPolicy', {
      PolicyInputList: [],
      ActionNames: ['sts:AssumeRoleWithWebIdentity'],
      ResourceArns: [`arn:aws:iam::${ACCOUNT}:role/deploy`],
      ResourcePolicy: policy({
        Effect: 'Allow',
        Principal: { Federated: GITHUB },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { NumericNotEquals: { [key]: '1' } },
      }),
      CallerArn: GITHUB,
      ContextEntries: [{ ContextKeyName: key, ContextKeyValues: [actual], ContextKeyType: 'string' }],
    });
    return answer.EvaluationResults?.[0]?.EvalDecision;
  };
  assert.equal(await decide('many'), 'allowed');
  assert.equal(await decide('1.0'), 'implicitDeny');
});

test('the simulator takes a document without a version; other values that IAM would not store it refuses', async (t) => {
  const iam = await openIam(t);
  const PolicyInputList = [JSON.stringify({ Statement: allow('s3:*') })];
  const answer = await iam.call('SimulateCustomPolicy', request({ PolicyInputList }));
  assert.equal(answer.EvaluationResults?.[0]?.EvalDecision, 'allowed');
  for (const Condition of [{ NumericEquals: { 'test:key': 'x' } }, { Unheard: { 'test:key': 'x' } }]) {
    await iam.refused(
      'SimulateCustomPolicy',
      request({ PolicyInputList: [policy(allow('s3:*', '*', { Condition }))] }),
      {
        code: 'InvalidInput',
        status: 400,
        message: /\S/,
      },
    );
  }
});

test('requests that cannot be read are refused', async (t) => {
  const iam = await openIam(t);
  const invalid = async (more: Partial<SimulateCustomPolicyRequest>, message: string | RegExp): Promise<void> =>
    iam.refused('SimulateCustomPolicy', request(more), { code: 'InvalidInput', status: 400, message });
  const resource = policy({ Principal: '*', ...allow('s3:GetObject', BUCKET) });
  await invalid({ PolicyInputList: ['{}'] }, /\S/);
  await invalid({ PermissionsBoundaryPolicyInputList: [policy(allow('*')), policy(allow('*'))] }, /^Only one/);
  await invalid({ ResourcePolicy: resource }, 'Invalid caller - Caller cannot be null or empty.');
  await invalid(
    { CallerArn: 'arn:aws:s3:::bucket' },
    'Invalid caller - Caller must be an IAM user, role or group in this context.',
  );
  for (const ResourceOwner of ['somebody', '123456789012', 'arn:aws:s3:::bucket']) {
    await invalid({ CallerArn: BOB, ResourceOwner, ResourceArns: [BUCKET] }, 'Invalid Resource Owner.');
  }
  const unclear = 'Invalid Entity Arn: * does not clearly define entity type and name.';
  await invalid({ CallerArn: BOB, ResourcePolicy: resource, ResourceArns: undefined }, unclear);
  await invalid({ CallerArn: BOB, ResourcePolicy: resource, ResourceArns: [BUCKET, '*'] }, unclear);
  const everything = policy({ Principal: '*', ...allow('s3:GetObject') });
  const named = { CallerArn: BOB, ResourcePolicy: everything, ResourceArns: [BUCKET] };
  await invalid(named, 'ResourceNames are not in a valid ARN format: *.');
  await invalid(
    { ContextEntries: [{ ContextKeyName: 'aws:SourceIp', ContextKeyValues: ['here'], ContextKeyType: 'ip' }] },
    'Invalid context value for key aws:SourceIp: expected IP address.',
  );
  await iam.refused(
    'SimulatePrincipalPolicy',
    { PolicySourceArn: 'arn:aws:s3:::a-longer-bucket', ActionNames: ['s3:GetObject'] },
    { code: 'InvalidInput', status: 400, message: 'ARN arn:aws:s3:::a-longer-bucket is not valid.' },
  );
});
