import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAccountId } from '../../base/arn.ts';
import { compilePolicy } from '../../policy/compile.ts';
import type { AttachedPolicy, PolicyType } from '../../policy/decision.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { simulate, type Simulated, type SimulatedPolicies } from './simulate.ts';
import { nobodyOf } from './simulated-principal.ts';

const ACCOUNT = parseAccountId('123456789012');

function attached(type: PolicyType, Effect: 'Allow' | 'Deny', Action: string): AttachedPolicy {
  const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: { Effect, Action, Resource: '*' } }));
  assert.ok(parsed.kind === 'policy');
  return { type, source: `${Effect} ${Action}`, policy: compilePolicy(parsed.policy) };
}

function decide(scp: SimulatedPolicies['scp']): Simulated {
  assert.ok(ACCOUNT !== undefined);
  const call = { principal: nobodyOf(ACCOUNT), action: 's3:GetObject', resource: '*', context: new Map() };
  const policies = { identity: [attached('identity', 'Allow', '*')], scp, placeOf: () => undefined };
  return simulate({ ...call, resourceAccount: ACCOUNT }, true, policies);
}

test('every level must allow, and a policy of several levels has a say at each', () => {
  const [all, put, deny] = [
    attached('scp', 'Allow', '*'),
    attached('scp', 'Allow', 's3:Put*'),
    attached('scp', 'Deny', '*'),
  ];
  const outcomes = [
    [[], 'allow', true],
    [[[all], [all]], 'allow', true],
    [
      [
        [all, put],
        [put, all],
      ],
      'allow',
      true,
    ],
    [[[all], [put]], 'implicitDeny', false],
    [[[all], []], 'implicitDeny', false],
    [[[all], [all, deny]], 'explicitDeny', false],
    [[[put], [deny]], 'explicitDeny', false],
  ] as const;
  for (const [levels, outcome, allowed] of outcomes) {
    const decided = decide(levels);
    assert.deepEqual([decided.outcome, decided.allowedByOrganizations], [outcome, allowed]);
  }
  assert.equal(decide(undefined).allowedByOrganizations, undefined);
});

test('many policies at many levels are each looked at once', () => {
  const one = attached('scp', 'Allow', '*');
  const levels = Array.from({ length: 7 }, () => Array.from({ length: 10_000 }, () => ({ ...one })));
  const begin = performance.now();
  assert.equal(decide(levels).outcome, 'allow');
  // Each policy sought in each level took seconds.
  assert.ok(performance.now() - begin < 2500);
});
