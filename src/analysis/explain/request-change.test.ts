import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requestContext, type ContextValue } from '../../policy/context.ts';
import type { AttachedPolicy, Decision } from '../../policy/decision.ts';
import { evaluate } from '../../policy/evaluate.ts';
import { PolicyCache } from '../../policy/policy-cache.ts';
import { requestChange } from './request-change.ts';
import { evaluationCost, WorkBudget } from './work-budget.ts';

const cache = new PolicyCache(100);
const ALLOW = { Effect: 'Allow', Action: '*', Resource: '*' };

type Held = Readonly<Record<string, ContextValue>>;

function decide(statements: readonly unknown[], held: Held): Decision {
  const identity: AttachedPolicy = {
    type: 'identity',
    source: 'inline:user/u/P',
    policy: cache.get(JSON.stringify({ Version: '2012-10-17', Statement: statements })),
  };
  const request = {
    principal: { kind: 'service' as const, name: 'x.amazonaws.com' },
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::b/k',
    resourceAccount: '123456789012',
    context: requestContext(Object.entries(held)),
  };
  return evaluate(request, { identity: [], resource: { ...identity, type: 'resource' } });
}

function edits(statements: readonly object[], held: Held): readonly string[] | undefined {
  const named = statements.map((statement) => ({ ...statement, Principal: '*' }));
  const decision = decide(named, held);
  return requestChange(decision, { cost: evaluationCost(decision), budget: new WorkBudget() })?.edits;
}

const allowed = (condition: object, held: Held): readonly string[] | undefined =>
  edits([{ ...ALLOW, Condition: condition }], held);
const denied = (condition: object, held: Held): readonly string[] | undefined =>
  edits([ALLOW, { ...ALLOW, Effect: 'Deny', Condition: condition }], held);

const is = (words: string): readonly string[] => [`k:x would have to be ${words}`];

test('what an Allow wants is said in the words of its operator', () => {
  const x = (operator: string, values: unknown): object => ({ [operator]: { 'k:x': values } });
  const cases: readonly (readonly [object, ContextValue, string])[] = [
    [x('StringEquals', ['a', 'b']), 'c', 'one of "a", "b"'],
    [x('StringEqualsIgnoreCase', 'A'), 'c', '"A"'],
    [x('StringNotEquals', 'a'), 'a', 'something other than "a"'],
    [x('StringLike', 'a*'), 'c', 'like "a*"'],
    [x('StringNotLike', ['a*', 'b*']), 'a', 'something like none of "a*", "b*"'],
    [x('NumericEquals', '5'), '6', '"5"'],
    [x('NumericNotEquals', '5'), '5', 'a number other than "5"'],
    [x('NumericLessThan', ['1', '9']), '12', 'less than "9"'],
    [x('NumericLessThanEquals', ['1', '9']), '12', 'at most "9"'],
    [x('NumericGreaterThan', ['1', '9']), '0', 'more than "1"'],
    [x('NumericGreaterThanEquals', '9007199254740993'), '9007199254740992', 'at least "9007199254740993"'],
    [x('NumericGreaterThan', '9007199254740993'), '9007199254740993', 'more than "9007199254740993"'],
    [x('DateEquals', '2030-01-01'), '2031-01-01', '"2030-01-01"'],
    [x('DateNotEquals', '2030-01-01'), '2030-01-01', 'a date other than "2030-01-01"'],
    [x('DateLessThan', ['2030-01-01', '2029-01-01']), '2031-01-01', 'before "2030-01-01"'],
    [x('DateLessThanEquals', '2030-01-01'), '2031-01-01', 'not after "2030-01-01"'],
    [x('DateGreaterThan', '2030-01-01'), '2029-01-01', 'after "2030-01-01"'],
    [x('DateGreaterThanEquals', '2030-01-01'), '2029-01-01', 'not before "2030-01-01"'],
    [x('Bool', 'true'), 'false', '"true"'],
    [x('BinaryEquals', 'YQ=='), 'Yg==', '"YQ=="'],
    [x('IpAddress', ['10.0.0.0/8', '192.0.2.0/24']), '11.0.0.1', 'an address in one of "10.0.0.0/8", "192.0.2.0/24"'],
    [x('NotIpAddress', '10.0.0.0/8'), '10.0.0.1', 'an address outside "10.0.0.0/8"'],
    [x('ArnLike', 'arn:aws:s3:::*'), 'arn:aws:iam::1:x', 'like "arn:aws:s3:::*"'],
    [x('ArnNotLike', 'arn:aws:s3:::*'), 'arn:aws:s3:::b', 'an ARN not like "arn:aws:s3:::*"'],
  ];
  for (const [condition, actual, words] of cases) assert.deepEqual(allowed(condition, { 'k:x': actual }), is(words));
});

test('what a Deny wants is the opposite, which for orders is another order and for everything absence', () => {
  const x = (operator: string, values: unknown): object => ({ [operator]: { 'k:x': values } });
  const cases: readonly (readonly [object, ContextValue, readonly string[]])[] = [
    [x('NumericLessThan', '10'), '5', is('at least "10"')],
    [x('NumericLessThan', ['1', '10']), '5', is('at least "10"')],
    [x('NumericGreaterThanEquals', '10'), '10', is('less than "10"')],
    [x('DateLessThan', '2030-01-01'), '2029-01-01', is('not before "2030-01-01"')],
    [x('DateGreaterThanEquals', '2030-01-01'), '2031-01-01', is('before "2030-01-01"')],
    [x('IpAddress', '10.0.0.0/8'), '10.0.0.1', is('an address outside "10.0.0.0/8"')],
    [x('NotIpAddress', '10.0.0.0/8'), '11.0.0.1', is('an address in "10.0.0.0/8"')],
    [x('StringNotEquals', ['a', 'b']), 'c', is('one of "a", "b"')],
    [x('StringEquals', ['a', 'b']), 'a', is('none of "a", "b"')],
    [x('Bool', 'false'), 'false', is('"true"')],
    [x('StringLike', '*'), 'a', ['the request would have to lack k:x']],
    [x('Null', 'false'), 'a', ['the request would have to lack k:x']],
  ];
  for (const [condition, actual, words] of cases) assert.deepEqual(denied(condition, { 'k:x': actual }), words);
  assert.deepEqual(denied({ Null: { 'k:x': 'true' } }, {}), ['the request would have to carry k:x']);
  assert.deepEqual(denied({ StringNotEquals: { 'k:x': 'a' } }, {}), is('"a"'));
});

test('a value is named only if all conditions on its key pass on it, in every statement', () => {
  const both = { StringEquals: { 'k:x': ['bad', 'good'] }, StringNotEquals: { 'k:x': 'bad' } };
  assert.deepEqual(allowed(both, { 'k:x': 'c' }), is('"good"'));
  const elsewhere = [
    { ...ALLOW, Condition: { StringEquals: { 'k:x': ['bad', 'good'] } } },
    { ...ALLOW, Effect: 'Deny', Condition: { StringEquals: { 'k:x': 'bad' } } },
  ];
  assert.deepEqual(edits(elsewhere, { 'k:x': 'c' }), is('"good"'));
  const between = { NumericGreaterThan: { 'k:x': '5' }, NumericLessThan: { 'k:x': '6' } };
  assert.deepEqual(allowed(between, { 'k:x': '6' }), is('less than "6" and more than "5"'));
});

test('values of a list: one where one is enough, each where every one counts', () => {
  const two = { 'ForAnyValue:StringEquals': { 'k:x': 'a' }, 'ForAnyValue:StringLike': { 'k:x': 'z*' } };
  assert.deepEqual(allowed(two, { 'k:x': ['c', 'd'] }), [
    'some value of k:x would have to be "a" and some value of k:x would have to be like "z*"',
  ]);
  assert.deepEqual(allowed({ 'ForAllValues:StringEquals': { 'k:x': ['a', 'b'] } }, { 'k:x': ['a', 'c'] }), [
    'every value of k:x would have to be one of "a", "b"',
  ]);
  assert.deepEqual(denied({ 'ForAnyValue:StringEquals': { 'k:x': 'a' } }, { 'k:x': ['a', 'c'] }), [
    'every value of k:x would have to be something other than "a"',
  ]);
  const scalar = { 'ForAnyValue:StringEquals': { 'k:x': ['a', 'b'] }, StringLike: { 'k:x': 'b*' } };
  assert.deepEqual(allowed(scalar, { 'k:x': 'c' }), is('"b"'));
});

test('a value that refers to its own key, or that no request has the length for, is not looked for', () => {
  assert.equal(allowed({ StringEquals: { 'k:x': '${k:x}a' } }, { 'k:x': 'c' }), undefined);
  assert.equal(
    allowed({ StringEquals: { 'k:x': '${k:y}'.repeat(100) } }, { 'k:x': 'c', 'k:y': 'y'.repeat(100) }),
    undefined,
  );
  assert.deepEqual(allowed({ StringEquals: { 'k:x': '${k:y}a' } }, { 'k:x': 'c', 'k:y': 'y' }), is('"ya"'));
});

test('nothing is found with nothing to spend', () => {
  const decision = decide([{ ...ALLOW, Principal: '*', Condition: { StringEquals: { 'k:x': 'a' } } }], {});
  assert.equal(requestChange(decision, { cost: 1, budget: new WorkBudget(0) }), undefined);
});
