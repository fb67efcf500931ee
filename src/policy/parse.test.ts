import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_DOCUMENT_LENGTH } from './json.ts';
import { parsePolicy } from './parse.ts';
import { PolicyCache } from './policy-cache.ts';
import type { Policy } from './tree.ts';

const TEXT = `{
  "Version": "2012-10-17",
  "Statement": {
    "Sid": "One",
    "Effect": "Allow",
    "Principal": { "AWS": ["111122223333", "*"], "Service": "ec2.amazonaws.com" },
    "NotAction": "iam:*",
    "Resource": ["*"],
    "Condition": { "Bool": { "aws:SecureTransport": true }, "NumericLessThan": { "s3:max-keys": [1e1, "20"] } }
  }
}`;

function parse(text: string): Policy {
  const parsed = parsePolicy(text);
  assert.ok(parsed.kind === 'policy');
  return parsed.policy;
}

test('every element is in the tree, single values as lists', () => {
  const [statement, ...others] = parse(TEXT).statements;
  assert.ok(statement !== undefined);
  assert.equal(others.length, 0);
  assert.equal(statement.sid?.text, 'One');
  assert.deepEqual(
    statement.principal?.entries.map(({ type, values, list }) => [type, values.map(({ text }) => text), list]),
    [
      ['AWS', ['111122223333', '*'], true],
      ['Service', ['ec2.amazonaws.com'], false],
    ],
  );
  assert.deepEqual([statement.action.negated, statement.action.items.map(({ text }) => text)], [true, ['iam:*']]);
  assert.deepEqual(
    statement.conditions.map(({ operator, key, values }) => [operator.text, key.text, values.map(({ text }) => text)]),
    [
      ['Bool', 'aws:SecureTransport', ['true']],
      ['NumericLessThan', 's3:max-keys', ['1e1', '20']],
    ],
  );
});

test('elements know their line, column and offset', () => {
  const [statement] = parse(TEXT).statements;
  const places = [
    statement?.span.start,
    statement?.sid?.span.start,
    statement?.action.span.start,
    statement?.conditions[1]?.key.span.start,
    statement?.conditions[1]?.values[1]?.span.start,
  ];
  assert.deepEqual(
    places.map((place) => [place?.line, place?.column]),
    [
      [3, 16],
      [4, 12],
      [7, 18],
      [9, 82],
      [9, 103],
    ],
  );
  for (const place of places) {
    const line = TEXT.split('\n')[(place?.line ?? 0) - 1] ?? '';
    assert.equal(TEXT[place?.offset ?? -1], line[(place?.column ?? 0) - 1]);
  }
  const end = statement?.span.end.offset ?? 0;
  assert.equal(TEXT[end - 1], '}');
});

test('a document beyond the bounds is refused, not read', () => {
  const long = parsePolicy(`${' '.repeat(MAX_DOCUMENT_LENGTH)}{}`);
  assert.ok(long.kind === 'malformed');
  assert.deepEqual(
    long.problems.map(({ code }) => code),
    ['tooLong'],
  );
  const deep = parsePolicy('['.repeat(100_000));
  assert.ok(deep.kind === 'malformed');
  assert.equal(deep.problems[0]?.code, 'tooDeep');
});

test('a statement without an action, or with an effect in another case, is a draft: told of, never evaluated', () => {
  const whole = { Effect: 'Allow', Action: '*', Resource: '*' };
  const lacking: readonly object[] = [
    { Effect: 'Allow', Resource: '*' },
    { Effect: 'Deny', Resource: '*' },
    { ...whole, Effect: 'allow' },
  ];
  for (const statement of lacking) {
    const text = JSON.stringify({ Version: '2012-10-17', Statement: [whole, statement] });
    const parsed = parsePolicy(text);
    assert.ok(parsed.kind === 'malformed');
    assert.equal(parsed.draft?.statements.length, 2);
    // A policy that was stored all the same allows nothing, its whole statement included.
    const { statements, problems } = new PolicyCache(1).get(text);
    assert.deepEqual([statements.length, problems.length], [0, 1]);
  }
  const other = parsePolicy(JSON.stringify({ Statement: [{ Effect: 'Allow', Resource: '*', Extra: 1 }] }));
  assert.ok(other.kind === 'malformed');
  assert.equal(other.draft, undefined, 'no draft where anything else is wrong');
});
