import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requestContext } from '../policy/context.ts';
import type { AttachedPolicy, Decision } from '../policy/decision.ts';
import { evaluate } from '../policy/evaluate.ts';
import { PolicyCache } from '../policy/policy-cache.ts';
import { explain, renderExplanation } from './explain.ts';

const PROVIDER = 'arn:aws:iam::123456789012:oidc-provider/gitlab.com';
const cache = new PolicyCache(10);
const allow = { Effect: 'Allow', Principal: { Federated: PROVIDER }, Action: 'sts:AssumeRoleWithWebIdentity' };

function decide(statements: readonly unknown[], context: Readonly<Record<string, string>>): Decision {
  const policy: AttachedPolicy = {
    type: 'trust',
    source: 'trust:role/deploy',
    policy: cache.get(JSON.stringify({ Version: '2012-10-17', Statement: statements })),
  };
  const request = {
    principal: { kind: 'webIdentity' as const, account: '123456789012', provider: PROVIDER },
    action: 'sts:AssumeRoleWithWebIdentity',
    resource: 'arn:aws:iam::123456789012:role/deploy',
    resourceAccount: '123456789012',
    context: requestContext(Object.entries(context)),
  };
  return evaluate(request, { identity: [], resource: policy });
}

const on = (claim: string, value: string): unknown => ({ StringEquals: { [`gitlab.com:${claim}`]: value } });

test('near misses come with the fewest failures first, three at most', () => {
  const statements = [
    { ...allow, Sid: 'Three', Action: 'sts:AssumeRole', Principal: { AWS: '123456789012' }, Condition: on('sub', 'x') },
    { ...allow, Sid: 'Two', Action: 'sts:AssumeRole', Condition: on('sub', 'x') },
    { ...allow, Sid: 'One', Condition: on('sub', 'x') },
    {
      ...allow,
      Sid: 'Four',
      Action: 'a:b',
      Principal: { AWS: '1' },
      Condition: { StringEquals: { 'k:a': '1', 'k:b': '1' } },
    },
  ];
  const { statement, nearMisses } = explain(decide(statements, { 'gitlab.com:sub': 'y' }));
  assert.equal(statement?.sid, 'One');
  assert.deepEqual(
    nearMisses.map(({ sid, failed }) => [sid, failed]),
    [
      ['Two', 2],
      ['Three', 3],
    ],
  );
});

test('every change that is named was tried: the value it asks for turns the outcome round', () => {
  const statements = [{ ...allow, Condition: on('namespace_id', '42') }];
  const [change] = explain(decide(statements, { 'gitlab.com:namespace_id': '7' })).changes;
  assert.deepEqual(change, {
    of: 'request',
    outcome: 'allow',
    edits: ['gitlab.com:namespace_id would have to be "42"'],
  });
  assert.equal(decide(statements, { 'gitlab.com:namespace_id': '42' }).outcome, 'allow');
});

test('no change is named that a Deny elsewhere would undo', () => {
  const statements = [
    { ...allow, Condition: on('sub', 'x') },
    { ...allow, Effect: 'Deny', Condition: { StringEquals: { 'gitlab.com:sub': 'x' } } },
  ];
  const { changes } = explain(decide(statements, { 'gitlab.com:sub': 'y' }));
  assert.deepEqual(
    changes.filter(({ of }) => of === 'request'),
    [],
  );
});

test('a value that no job can have is not asked for', () => {
  const { statement, changes } = explain(decide([{ ...allow, Condition: on('iss', 'https://gitlab.com') }], {}));
  assert.match(statement?.conditions[0]?.absent ?? '', /^because AWS makes no condition key of the claim "iss"$/);
  assert.ok(changes.every(({ of }) => of === 'policy'));
});

test('what would be too much to try out is explained without changes and causes', () => {
  const statement = {
    ...allow,
    Condition: { StringLike: { 'gitlab.com:sub': Array.from({ length: 100 }, () => '*?c*') } },
  };
  const explanation = explain(decide([statement], { 'gitlab.com:sub': 'z'.repeat(2_000) }));
  assert.deepEqual(explanation.changes, []);
  assert.deepEqual(
    explanation.statement?.conditions.map(({ passed, cause }) => [passed, cause]),
    [[false, undefined]],
  );
});

test('an evaluation that became too much work is not taken for a malformed value', () => {
  const statement = {
    ...allow,
    Condition: { StringLike: { 'gitlab.com:sub': Array.from({ length: 2_200 }, () => '*?c*') } },
  };
  const explanation = explain(decide([statement], { 'gitlab.com:sub': 'z'.repeat(16_000) }));
  assert.match(explanation.statement?.conditions[0]?.cause ?? '', /^The policies are too much to compare/);
});

test('a statement that was cut short comes after those that are known to miss, and no edit of it is named', () => {
  const costly = { StringLike: { 'gitlab.com:sub': Array.from({ length: 2_200 }, () => '*?c*') } };
  const statements = [
    { ...allow, Sid: 'Cut', Condition: costly },
    { ...allow, Sid: 'Missed', Action: 'sts:AssumeRole', Principal: { AWS: '123456789012' } },
  ];
  const { summary, statement, nearMisses, changes } = explain(
    decide(statements, { 'gitlab.com:sub': 'z'.repeat(16_000) }),
  );
  assert.match(summary, /Not every statement could be compared/);
  assert.equal(statement?.sid, 'Missed');
  const [cut] = nearMisses;
  assert.deepEqual([cut?.sid, cut?.failed, cut?.conditions[0]?.cutShort], ['Cut', 0, true]);
  assert.ok(changes.every(({ edits }) => edits.every((edit) => edit.includes('add a statement'))));
});

test('the text names every failed condition with line, expected and actual value', () => {
  const text = renderExplanation(explain(decide([{ ...allow, Condition: on('sub', 'x') }], { 'gitlab.com:sub': 'y' })));
  assert.match(text, /^Denied: /);
  assert.match(text, /FAILED {2}StringEquals gitlab\.com:sub \(line 1\)\n +expected {2}"x"\n +actual {4}"y"\n/);
  assert.doesNotMatch(text, /undefined|\[object/);
});
