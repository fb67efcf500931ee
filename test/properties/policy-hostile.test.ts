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
  for (let round = 0; round < 5 && best > MAX_MILLISECONDS; round++) best = Math.min(best, cpuTime(run));
  return best;
}
