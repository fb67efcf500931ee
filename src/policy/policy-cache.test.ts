import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requestContext } from './context.ts';
import type { AuthorizationRequest } from './decision.ts';
import { evaluate } from './evaluate.ts';
import { PolicyCache } from './policy-cache.ts';

const policy = (action: string): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: action, Resource: '*' } });

const request: AuthorizationRequest = {
  principal: { kind: 'anonymous' },
  action: 's3:GetObject',
  resource: '*',
  resourceAccount: undefined,
  context: requestContext([]),
};

test('the same text is compiled once', () => {
  const cache = new PolicyCache(2);
  assert.equal(cache.get(policy('s3:*')), cache.get(policy('s3:*')));
  assert.notEqual(cache.get(policy('s3:*')), cache.get(policy('iam:*')));
});

test('the policy used longest ago goes first, and never more are held than the limit', () => {
  const cache = new PolicyCache(2);
  const [first, second] = [cache.get(policy('a:1')), cache.get(policy('a:2'))];
  assert.equal(cache.get(policy('a:1')), first);
  cache.get(policy('a:3'));
  assert.equal(cache.size, 2);
  assert.equal(cache.get(policy('a:1')), first);
  assert.notEqual(cache.get(policy('a:2')), second);
});

test('a stored text that no longer parses allows nothing, and its outcome says where it is broken', () => {
  const broken = new PolicyCache(1).get('{\n  "Statement": [,]\n}');
  const resource = { type: 'resource' as const, source: 'bucket:b', policy: broken };
  const decision = evaluate(request, { identity: [], resource });
  assert.equal(decision.outcome, 'implicitDeny');
  const [problem] = decision.policies[0]?.attached.policy.problems ?? [];
  assert.deepEqual([problem?.code, problem?.at.line, problem?.at.column], ['json', 2, 17]);
});
