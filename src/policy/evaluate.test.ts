import assert from 'node:assert/strict';
import { test } from 'node:test';
import { iamArn, parseAccountId } from '../base/arn.ts';
import { requestContext } from './context.ts';
import type { AttachedPolicy, AuthorizationRequest, PolicyType } from './decision.ts';
import { evaluate } from './evaluate.ts';
import { PolicyCache } from './policy-cache.ts';

const cache = new PolicyCache(20);
const account = parseAccountId('123456789012');
assert.ok(account !== undefined);
const request: AuthorizationRequest = {
  principal: { kind: 'user', account, arn: iamArn(account, 'user/alice'), id: 'AIDAX' },
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::bucket/key',
  resourceAccount: account,
  context: requestContext([
    ['aws:SourceIp', '198.51.100.7'],
    ['aws:PrincipalArn', iamArn(account, 'user/alice')],
  ]),
};

function attached(type: PolicyType, ...statements: readonly unknown[]): AttachedPolicy {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  return { type, source: `inline:${type}`, policy: cache.get(text) };
}

const allow = { Effect: 'Allow', Action: 's3:*', Resource: '*' };

test('every statement and condition is kept, also after one that decided', () => {
  const policy = attached(
    'identity',
    { ...allow, Sid: 'First' },
    {
      ...allow,
      Action: 's3:Put*',
      Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' }, Null: { 'k:a': 'true' } },
    },
  );
  const { outcome, statement, policies } = evaluate(request, { identity: [policy] });
  assert.equal(outcome, 'allow');
  assert.equal(statement?.statement.sid, 'First');
  const second = policies[0]?.statements[1];
  assert.deepEqual([second?.matched, second?.action, second?.resource], [false, false, true]);
  assert.deepEqual(
    second?.conditions.map(({ operator, key, expected, actual, passed }) => [operator, key, expected, actual, passed]),
    [
      ['IpAddress', 'aws:SourceIp', ['203.0.113.0/24'], '198.51.100.7', false],
      ['Null', 'k:a', ['true'], undefined, true],
    ],
  );
});

test('a condition that met a malformed value is kept as an error', () => {
  const condition = { ArnLike: { 'aws:PrincipalArn': 'not-an-arn' } };
  const policies = attached(
    'identity',
    { ...allow, Condition: condition },
    { ...allow, Effect: 'Deny', Condition: condition },
  );
  const decision = evaluate(request, { identity: [policies] });
  assert.equal(decision.outcome, 'explicitDeny');
  const [first, second] = decision.policies[0]?.statements ?? [];
  assert.deepEqual([first?.conditions[0]?.error, first?.conditions[0]?.passed, first?.matched], [true, false, false]);
  assert.deepEqual([second?.conditions[0]?.error, second?.conditions[0]?.passed, second?.matched], [true, true, true]);
});

test('policies are kept in the order in which one of them is named', () => {
  const decision = evaluate(request, {
    session: [attached('session', allow)],
    identity: [attached('identity', allow)],
    boundary: attached('boundary', allow),
    resource: attached('resource', { ...allow, Principal: '*' }),
    scp: [[attached('scp', allow)], [attached('scp', allow)]],
    rcp: [[attached('rcp', { ...allow, Principal: '*' })]],
  });
  assert.deepEqual(
    decision.policies.map(({ attached: { type } }) => type),
    ['rcp', 'scp', 'scp', 'resource', 'identity', 'boundary', 'session'],
  );
});

test('a grant of a resource policy is told by the statement that names the caller most closely', () => {
  const resource = attached(
    'resource',
    { ...allow, Sid: 'Account', Principal: { AWS: account } },
    { ...allow, Sid: 'Alice', Principal: { AWS: iamArn(account, 'user/alice') } },
  );
  const { decidedBy, statement } = evaluate(request, { identity: [], resource });
  assert.deepEqual([decidedBy, statement?.statement.sid], ['resource', 'Alice']);
});

test('an implicit deny has no deciding statement, and root needs none', () => {
  assert.equal(evaluate(request, { identity: [] }).statement, undefined);
  const root = { ...request, principal: { kind: 'root' as const, account, arn: iamArn(account, 'root') } };
  const decision = evaluate(root, { identity: [] });
  assert.deepEqual([decision.outcome, decision.decidedBy, decision.statement], ['allow', 'identity', undefined]);
});
