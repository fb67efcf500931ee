/** What is weighed and found light enough is never cut short by the engine. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseArn } from '../../base/arn.ts';
import { compilePolicy } from '../../policy/compile.ts';
import { testCondition } from '../../policy/condition.ts';
import type { ContextValue } from '../../policy/context.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { beginWork, endWork, isSpent } from '../../policy/work.ts';
import { evaluationWeight, type EvaluationWeight } from './evaluation-weight.ts';
import { isTooHeavy } from './page-budget.ts';

const RESOURCE = `arn:aws:s3:::bucket/${'ab'.repeat(900)}`;

/** A shape that grows: so many values of a policy, and so many of its key. */
interface Shape {
  readonly operator: string;
  readonly value: (index: number) => string;
  readonly actual: string;
}

const SHAPES: readonly Shape[] = [
  { operator: 'StringEquals', value: (index) => `v${index}`, actual: 'some value' },
  { operator: 'StringEqualsIgnoreCase', value: (index) => `v${index}`, actual: 'Some Value ς'.repeat(20) },
  { operator: 'StringLike', value: (index) => `*a*b*c${index}`, actual: 'ab'.repeat(200) },
  { operator: 'StringLike', value: (index) => `*${'a?'.repeat(50)}${index}*`, actual: 'aa'.repeat(200) },
  { operator: 'StringLike', value: (index) => `*a?b${index}?*`, actual: 'ab'.repeat(200) },
  { operator: 'StringLike', value: (index) => `*${'a'.repeat(300)}${index}*`, actual: 'a'.repeat(400) },
  { operator: 'StringLike', value: (index) => `*\${test:variable}${index}*`, actual: 'v'.repeat(400) },
  { operator: 'StringEquals', value: (index) => `\${test:variable}${index}`, actual: `${'v'.repeat(100)}1` },
  { operator: 'StringEqualsIgnoreCase', value: (index) => `\${test:variable}${index}`, actual: 'v'.repeat(102) },
  { operator: 'ArnLike', value: (index) => `arn:aws:*:*:*:*a*b${index}`, actual: `arn:aws:s3:::${'ab'.repeat(100)}` },
  { operator: 'ArnLike', value: (index) => `\${test:variable}${index}`, actual: `arn:aws:s3:::${'v'.repeat(100)}` },
  { operator: 'StringLike', value: (index) => `\${test:variable}?${index}`, actual: 'v'.repeat(400) },
  { operator: 'NumericLessThan', value: (index) => `-${index}`, actual: '1.5' },
  { operator: 'IpAddress', value: () => '10.0.0.0/8', actual: '192.0.2.1' },
];

test('a condition that is not too heavy is tested to its end', () => {
  for (const { operator, value, actual } of SHAPES) {
    for (const count of [100, 300]) {
      const values = Array.from({ length: count }, (_, index) => value(index));
      const context = contextOf(Array.from({ length: 1000 }, () => actual));
      const compiled = policyOf({ Condition: { [`ForAnyValue:${operator}`]: { 'test:key': values } }, Resource: '*' });
      const [condition] = compiled.statements[0]?.conditions ?? [];
      assert.ok(condition !== undefined);
      // As many values as are not too heavy.
      let length = 1000;
      const weigh = (): EvaluationWeight =>
        evaluationWeight(policiesOf(compiled), contextOf(Array(length).fill(actual)))('*');
      while (isTooHeavy(weigh())) length = Math.floor(length * 0.9);
      beginWork();
      testCondition(condition, Array(length).fill(actual), context);
      const spent = isSpent();
      endWork();
      assert.ok(!spent, `${operator} ${values[0]} × ${count} × ${length}`);
    }
  }
});

test('so are resources', () => {
  for (const item of [
    'arn:aws:s3:::*a*b*c',
    'arn:aws:s3:::*a?b??c*',
    'arn:aws:s3:::${test:variable}*x',
    `arn:aws:s3:::*${'a?'.repeat(50)}`,
  ]) {
    let count = 900;
    const compiledOf = () => policyOf({ Resource: Array.from({ length: count }, (_, index) => `${item}${index}`) });
    const context = contextOf(['x']);
    while (isTooHeavy(evaluationWeight(policiesOf(compiledOf()), context)(RESOURCE))) count = Math.floor(count * 0.9);
    beginWork();
    compiledOf().statements[0]?.resource?.(parseArn(RESOURCE), context);
    const spent = isSpent();
    endWork();
    assert.ok(!spent, `${item} × ${count}`);
  }
});

function contextOf(values: readonly string[]): Map<string, ContextValue> {
  return new Map<string, ContextValue>([
    ['test:key', values],
    ['test:variable', 'v'.repeat(100)],
  ]);
}

function policyOf(more: object) {
  const parsed = parsePolicy(
    JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', ...more } }),
  );
  assert.ok(parsed.kind === 'policy', JSON.stringify(parsed).slice(0, 200));
  return compilePolicy(parsed.policy);
}

function policiesOf(policy: ReturnType<typeof policyOf>) {
  return { identity: [{ type: 'identity' as const, source: 'p', policy }], placeOf: () => undefined };
}
