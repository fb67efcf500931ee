/** SimulateCustomPolicy beyond the cases of test/cases/simulators: conditions read differently, and web identities. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  ContextEntry,
  SimulateCustomPolicyRequest,
  SimulatePolicyResponse,
} from '../../wire/generated/iam-types.ts';
import { ACCOUNT, openIam } from './iam-suite.ts';

const BUCKET = 'arn:aws:s3:::bucket/key';
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

test('a marker goes on in a request that asks something else, and beyond its end there is nothing', async (t) => {
  const iam = await openIam(t);
  const three = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'];
  const { Marker } = await iam.call('SimulateCustomPolicy', request({ ActionNames: three, MaxItems: 2 }));
  const other = await iam.call('SimulateCustomPolicy', request({ ActionNames: three.toReversed(), Marker }));
  assert.deepEqual(
    other.EvaluationResults?.map((one) => one.EvalActionName),
    ['s3:GetObject'],
  );
  const beyond = await iam.call('SimulateCustomPolicy', request({ ActionNames: ['s3:GetObject'], Marker }));
  assert.deepEqual(beyond, { EvaluationResults: [], IsTruncated: false });
});
