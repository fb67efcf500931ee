import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requestContext } from '../policy/context.ts';
import type { Decision } from '../policy/decision.ts';
import { evaluate } from '../policy/evaluate.ts';
import { DenialExplanations } from './denial-explanations.ts';

const decision = evaluate(
  {
    principal: { kind: 'anonymous' },
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::bucket/key',
    resourceAccount: '123456789012',
    context: requestContext([]),
  },
  { identity: [] },
);

test('a decision is explained once', () => {
  const explanations = new DenialExplanations();
  assert.equal(explanations.of(decision), explanations.of(decision));
  assert.match(explanations.of(decision).summary, /^Denied: s3:GetObject, because there is no resource-based policy/);
});

test('a decision that cannot be explained is told all the same, with what failed and nothing of the request', () => {
  const broken: Decision = {
    ...decision,
    get policies(): Decision['policies'] {
      throw new RangeError('Invalid array length: secret');
    },
  };
  const explanation = new DenialExplanations().of(broken);
  assert.equal(explanation.outcome, 'implicitDeny');
  assert.match(explanation.summary, /^Denied: s3:GetObject\. Why could not be told \(RangeError\)/);
  assert.doesNotMatch(JSON.stringify(explanation), /secret/);
});
