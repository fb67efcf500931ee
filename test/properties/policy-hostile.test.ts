/** Policies and requests that are made to take long do not, and what an evaluation cannot afford is denied. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compilePolicy } from '../../src/policy/compile.ts';
import { requestContext } from '../../src/policy/context.ts';
import type { AuthorizationRequest, PolicySet } from '../../src/policy/decision.ts';
import { evaluate, isAllowed } from '../../src/policy/evaluate.ts';
import { parsePolicy } from '../../src/policy/parse.ts';
import { cpuTime } from './cpu-time.ts';
import { DOCUMENT_LIMIT, HOSTILE_CASES, type HostileCase } from './hostile-policies.ts';

/** No decision may take longer. */
const MAX_MILLISECONDS = 10;

for (const hostile of HOSTILE_CASES) {
  test(`no decision is slow: ${hostile.name}`, () => {
    for (const effect of ['Allow', 'Deny'] as const) {
      const [request, policies] = asked(hostile, effect);
      const decision = evaluate(request, policies);
      assert.equal(isAllowed(request, policies), decision.outcome === 'allow');
      // Where an evaluation is cut short a Deny applies, and an Allow does not.
      const [condition] = decision.policies[0]?.statements[0]?.conditions ?? [];
      if (condition?.error === true)
        assert.equal(decision.outcome, effect === 'Deny' ? 'explicitDeny' : 'implicitDeny');
      const time = Math.min(
        fastest(() => evaluate(request, policies)),
        fastest(() => isAllowed(request, policies)),
      );
      assert.ok(time <= MAX_MILLISECONDS, `${effect}: ${time} ms`);
    }
  });
}

test('a statement that is reached with the share spent applies if it is a Deny, whatever its condition', () => {
  const [request, policies] = asked(
    HOSTILE_CASES.find(({ name }) => name === 'patterns around a variable'),
    'Allow',
  );
  const after = { Condition: { StringEquals: { 'k:never': 'x' } } };
  const costly = statementOf(policies);
  const set = (Effect: string): PolicySet => setOf([costly, { ...BASE, Effect, ...after }]);
  assert.equal(evaluate(request, set('Deny')).outcome, 'explicitDeny');
  assert.equal(evaluate(request, set('Allow')).outcome, 'implicitDeny');
  const harmless = { ...request, context: requestContext([['aws:referer', 'x']]) };
  assert.equal(evaluate(harmless, set('Deny')).outcome, 'implicitDeny');
});

test('a Deny is not passed over because its action is a pattern, nor does one apply to other actions', () => {
  const [request, policies] = asked(
    HOSTILE_CASES.find(({ name }) => name === 'patterns around a variable'),
    'Allow',
  );
  const costly = statementOf(policies);
  const deny = (Action: string): PolicySet =>
    setOf([costly, { ...BASE, Action: 's3:*', Effect: 'Allow' }, { ...BASE, Action, Effect: 'Deny' }]);
  assert.equal(evaluate(request, deny('s3:*GetOb?ect*')).outcome, 'explicitDeny');
  assert.equal(evaluate(request, deny('s3:*PutOb?ect*')).outcome, 'implicitDeny');
  assert.equal(isAllowed(request, deny('s3:*GetOb?ect*')), false);
});

test('statements that are reached with the share spent cost nothing more', () => {
  const [request, policies] = asked(
    HOSTILE_CASES.find(({ name }) => name === 'patterns around a variable'),
    'Allow',
  );
  const costly = statementOf(policies);
  const next = {
    ...BASE,
    Effect: 'Deny',
    Action: 's3:PutObject',
    Condition: { StringLike: { 'aws:referer': '*?a?b*', 'k:b': '*?a?b*' } },
  };
  const set: PolicySet = {
    ...setOf([costly]),
    identity: Array.from({ length: 60 }, () => setOf([next, next, next]).resource ?? assert.fail()),
  };
  assert.ok(fastest(() => evaluate(request, set)) <= MAX_MILLISECONDS);
});

test('what was cut short is not remembered: the same text is lower-cased when there is room for it', () => {
  const text = 'Σ'.repeat(6_000);
  const [request, policies] = asked(
    HOSTILE_CASES.find(({ name }) => name === 'patterns around a variable'),
    'Allow',
  );
  const context = requestContext([...request.context, ['k:text', text]]);
  const folded = { ...BASE, Effect: 'Deny', Condition: { StringEqualsIgnoreCase: { 'k:text': text.toLowerCase() } } };
  const { resource } = setOf([folded]);
  assert.ok(resource !== undefined);
  evaluate({ ...request, context }, { ...setOf([statementOf(policies)]), identity: [resource] });
  const alone = requestContext([['k:text', text]]);
  const { outcome, statement } = evaluate({ ...request, context: alone }, setOf([folded]));
  assert.equal(outcome, 'explicitDeny');
  assert.equal(statement?.conditions[0]?.error, false);
});

test('one costly evaluation takes nothing from the next', () => {
  const [request, policies] = asked(
    HOSTILE_CASES.find(({ name }) => name === 'patterns around a variable'),
    'Allow',
  );
  evaluate(request, policies);
  const plain = setOf([{ ...BASE, Effect: 'Allow', Condition: { StringLike: { 'aws:referer': '*a*' } } }]);
  assert.equal(evaluate(request, plain).outcome, 'allow');
});

const BASE = { Principal: '*', Action: '*', Resource: '*' };

function asked(hostile: HostileCase | undefined, Effect: 'Allow' | 'Deny'): readonly [AuthorizationRequest, PolicySet] {
  assert.ok(hostile !== undefined);
  const request: AuthorizationRequest = {
    principal: { kind: 'anonymous' },
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::bucket/key',
    resourceAccount: '123456789012',
    context: requestContext(Object.entries(hostile.context)),
  };
  return [request, setOf([{ ...BASE, Effect, Condition: hostile.condition }])];
}

function setOf(statements: readonly unknown[]): PolicySet {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  assert.ok(text.length <= DOCUMENT_LIMIT + 200, `${text.length} characters`);
  const parsed = parsePolicy(text);
  assert.ok(parsed.kind === 'policy');
  return { identity: [], resource: { type: 'resource', source: 'bucket:b', policy: compilePolicy(parsed.policy) } };
}

function statementOf({ resource }: PolicySet): object {
  const [statement] = resource?.policy.policy.statements ?? [];
  const [condition] = statement?.conditions ?? [];
  assert.ok(condition !== undefined);
  const { operator, key, values } = condition;
  const Condition = { [operator.text]: { [key.text]: values.map(({ text }) => text) } };
  return { ...BASE, Effect: 'Allow', Condition };
}

function fastest(run: () => unknown): number {
  let best = Infinity;
  for (let round = 0; round < 25 && best > MAX_MILLISECONDS; round++) best = Math.min(best, cpuTime(run));
  return best;
}
