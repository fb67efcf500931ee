import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { renderExplanation } from '../analysis/explain.ts';
import { iamArn, parseAccountId, type AccountId } from '../base/arn.ts';
import { makeKeyRing } from '../credentials/key-ring.ts';
import { requestContext, type ContextValue } from '../policy/context.ts';
import type { Decision } from '../policy/decision.ts';
import { evaluate } from '../policy/evaluate.ts';
import { PolicyCache } from '../policy/policy-cache.ts';
import { decisionRecord } from './decision-record.ts';
import { openAuthorizationMessage, sealAuthorizationMessage } from './authorization-message.ts';
import type { SignedCaller } from './caller.ts';
import { DenialExplanations } from './denial-explanations.ts';

const random = { bytes: (count: number): Uint8Array => randomBytes(count) };
const keys = { keyRing: makeKeyRing(random), random };
const ACCOUNT = accountId('123456789012');
const OTHER = accountId('999999999999');
const CALLER: SignedCaller = {
  kind: 'root',
  account: ACCOUNT,
  arn: iamArn(ACCOUNT, 'root'),
  accessKeyId: 'AKIAEXAMPLE',
  session: undefined,
};

/** The denial of a user by one statement with effect Deny. */
function denial(context: Iterable<readonly [string, ContextValue]> = [], resourceAccount: string = ACCOUNT): Decision {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Deny', Action: 's3:*', Resource: '*' } });
  return evaluate(
    {
      principal: { kind: 'user', account: ACCOUNT, arn: iamArn(ACCOUNT, 'user/bob'), id: 'AIDABOB' },
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::bucket/key',
      resourceAccount,
      context: requestContext(context),
    },
    { identity: [{ type: 'identity', source: 'inline:user/bob/p', policy: new PolicyCache(1).get(text) }] },
  );
}

function sealed(decision: Decision): string {
  const message = sealAuthorizationMessage(decision, new DenialExplanations(), CALLER, keys);
  assert.ok(message !== undefined);
  return message;
}

function opened(text: string): Readonly<Record<string, unknown>> {
  const json = openAuthorizationMessage(text, ACCOUNT, keys);
  assert.ok(json !== undefined);
  return JSON.parse(json) as Readonly<Record<string, unknown>>;
}

test('a message opens in the account of the denied caller and in no other, and twice the same never looks the same', () => {
  const text = sealed(denial([['aws:SourceIp', '10.0.0.1']]));
  const message = opened(text);
  assert.deepEqual([message['allowed'], message['explicitDeny']], [false, true]);
  assert.deepEqual(Object.keys(message), [
    'allowed',
    'explicitDeny',
    'matchedStatements',
    'failures',
    'context',
    'explanation',
  ]);
  assert.equal(openAuthorizationMessage(text, OTHER, keys), undefined);
  assert.notEqual(text, sealed(denial([['aws:SourceIp', '10.0.0.1']])));
});

test('a message of another installation, of another purpose or changed does not open', () => {
  const text = sealed(denial());
  assert.equal(openAuthorizationMessage(text, ACCOUNT, { keyRing: makeKeyRing(random), random }), undefined);
  assert.equal(openAuthorizationMessage('', ACCOUNT, keys), undefined);
  assert.equal(openAuthorizationMessage(text.slice(0, -4), ACCOUNT, keys), undefined);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: text.length - 3 }), (at) => {
      const letter = text[at] === 'A' ? 'B' : 'A';
      const changed = text.slice(0, at) + letter + text.slice(at + 1);
      assert.equal(openAuthorizationMessage(changed, ACCOUNT, keys), undefined);
    }),
    { numRuns: 200 },
  );
});

test('there is no message about a resource of another account', () => {
  assert.equal(sealAuthorizationMessage(denial([], OTHER), new DenialExplanations(), CALLER, keys), undefined);
});

test('a message never has more than 3,072 characters: the explanation goes first, then the context', () => {
  const incompressible = (count: number): readonly (readonly [string, ContextValue])[] =>
    Array.from({ length: count }, (_, index) => [`aws:RequestTag/${index}`, randomBytes(96).toString('base64')]);
  for (const count of [0, 5, 10, 12, 14, 16, 20, 200]) {
    const text = sealed(denial(incompressible(count)));
    assert.ok(text.length <= 3072, `${text.length} characters with ${count} keys`);
    const { context } = opened(text) as { readonly context: { readonly action: string } };
    assert.equal(context.action, 's3:GetObject');
  }
  const cut = opened(sealed(denial(incompressible(200)))) as {
    readonly context: { readonly conditions: unknown };
    readonly explanation?: string;
    readonly matchedStatements: { readonly items: readonly unknown[] };
  };
  assert.deepEqual([cut.context.conditions, cut.explanation], [{ items: [] }, undefined]);
  assert.equal(cut.matchedStatements.items.length, 1);
});

function accountId(text: string): AccountId {
  const account = parseAccountId(text);
  assert.ok(account !== undefined);
  return account;
}

test('the audit record and the sealed message tell one explanation, made once', () => {
  const decision = denial();
  const explanations = new DenialExplanations();
  const record = decisionRecord(decision, explanations);
  assert.ok(record.outcome !== 'allow');
  assert.equal(explanations.of(decision), record.explanation);
  const sealed = sealAuthorizationMessage(decision, explanations, CALLER, keys);
  const opened: { readonly explanation?: string } = JSON.parse(
    openAuthorizationMessage(sealed ?? '', ACCOUNT, keys) ?? '{}',
  );
  assert.equal(opened.explanation, renderExplanation(record.explanation));
  assert.notEqual(explanations.of(denial()), record.explanation);
});
