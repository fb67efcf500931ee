/** A denial is explained before it is answered: whatever the policy and the request, that is no way to hold up the service. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explain, renderExplanation } from '../../src/analysis/explain.ts';
import { compilePolicy } from '../../src/policy/compile.ts';
import { requestContext, type ContextValue } from '../../src/policy/context.ts';
import type { Decision, Principal } from '../../src/policy/decision.ts';
import { evaluate } from '../../src/policy/evaluate.ts';
import { parsePolicy } from '../../src/policy/parse.ts';
import { cpuTime } from './cpu-time.ts';
import { DOCUMENT_LIMIT, HOSTILE_CASES } from './hostile-policies.ts';

/** No explanation may take longer; about half is usual at the worst. */
const MAX_MILLISECONDS = 10;

interface Case {
  readonly name: string;
  readonly statements: readonly object[];
  readonly context?: Readonly<Record<string, ContextValue>>;
  readonly principal?: Principal;
  readonly resource?: string;
}

const LONG = 'z'.repeat(16_000);
const ALLOW = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
const USER = 'arn:aws:iam::123456789012:user/';

const CASES: readonly Case[] = [
  ...HOSTILE_CASES.flatMap(({ name, condition, context }) => [
    { name: `${name}, in an Allow`, statements: [{ ...ALLOW, Condition: condition }], context },
    { name: `${name}, in a Deny`, statements: [ALLOW, { ...ALLOW, Effect: 'Deny', Condition: condition }], context },
  ]),
  {
    name: 'one key under many spellings of one operator',
    statements: [{ ...ALLOW, Condition: spellings(300, 'stringequals', (index) => ({ 'aws:x': `v${index}` })) }],
    context: { 'aws:x': LONG },
  },
  {
    name: 'one key under many spellings of one operator, a short value',
    statements: [{ ...ALLOW, Condition: spellings(300, 'stringequals', (index) => ({ 'aws:x': `v${index}` })) }],
    context: { 'aws:x': 'other' },
  },
  {
    name: 'a Deny that holds for many reasons',
    statements: [
      ALLOW,
      { ...ALLOW, Effect: 'Deny', Condition: spellings(300, 'stringlike', () => ({ 'aws:x': '*' })) },
    ],
    context: { 'aws:x': LONG },
  },
  {
    name: 'many keys',
    statements: [{ ...ALLOW, Condition: { StringEquals: manyKeys() } }],
  },
  {
    name: 'many keys that a request would have to carry',
    statements: [ALLOW, { ...ALLOW, Effect: 'Deny', Condition: { StringNotEquals: manyKeys() } }],
  },
  {
    name: 'many keys that a request carries',
    statements: [ALLOW, { ...ALLOW, Effect: 'Deny', Condition: { StringEquals: manyKeys() } }],
    context: manyKeys(),
  },
  {
    name: 'many principals with long names like the caller',
    statements: [{ ...ALLOW, Principal: { AWS: list(95, (index) => `${USER}${'abcdefghij'.repeat(16)}${index}`) } }],
    principal: { kind: 'service', name: `${USER}${'abcdefghik'.repeat(16)}xyz` },
  },
  {
    name: 'many resources with variables',
    statements: [{ ...ALLOW, Resource: list(500, (index) => `arn:aws:s3:::b/\${aws:x}${index}`) }],
    context: { 'aws:x': LONG },
  },
  {
    name: 'many statements',
    statements: list(150, (index) => ({ ...ALLOW, Condition: { StringLike: { 'aws:x': `*q${index}?` } } })),
    context: { 'aws:x': LONG },
  },
  {
    name: 'many values of which most are in the way',
    statements: [
      { ...ALLOW, Condition: { StringNotLike: { 'aws:x': [...list(2_000, (index) => `*${index % 10}*`), 'x'] } } },
    ],
    context: { 'aws:x': `${'z'.repeat(200)}0123456789` },
  },
  {
    name: 'many values, all but one of a long text',
    statements: [{ ...ALLOW, Condition: { StringNotLike: { 'aws:x': ['z*', ...list(2_000, () => '*?c*')] } } }],
    context: { 'aws:x': LONG },
  },
  {
    name: 'many values on both sides',
    statements: [
      { ...ALLOW, Condition: { 'ForAllValues:StringNotLike': { 'aws:x': list(1_500, (index) => `*t${index % 50}`) } } },
    ],
    context: { 'aws:x': list(50, (index) => `${'t'.repeat(300)}${index}`) },
  },
];

for (const one of CASES) {
  test(`no explanation is slow: ${one.name}`, () => {
    const decision = decide(one);
    const time = fastest(() => renderExplanation(explain(decision)));
    assert.ok(time <= MAX_MILLISECONDS, `${time} ms`);
  });
}

function decide({ statements, context = {}, principal = { kind: 'anonymous' }, resource }: Case): Decision {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  assert.ok(text.length <= DOCUMENT_LIMIT + 300, `${text.length} characters`);
  const parsed = parsePolicy(text);
  assert.ok(parsed.kind === 'policy');
  return evaluate(
    {
      principal,
      action: 's3:GetObject',
      resource: resource ?? 'arn:aws:s3:::bucket/key',
      resourceAccount: '123456789012',
      context: requestContext(Object.entries(context)),
    },
    { identity: [], resource: { type: 'resource', source: 'bucket:b', policy: compilePolicy(parsed.policy) } },
  );
}

/** The least of up to 25: collecting garbage, or a neighbour on the same core, is no slowness of ours. */
function fastest(run: () => void): number {
  let best = Infinity;
  for (let attempt = 0; attempt < 25 && best > MAX_MILLISECONDS; attempt++) best = Math.min(best, cpuTime(run));
  return best;
}

/** Operators heed no case, so one operator has as many blocks as its letters have capitals. */
function spellings(count: number, name: string, block: (index: number) => object): object {
  const spelt = (index: number): string =>
    [...name].map((letter, at) => ((index >> at) & 1 ? letter.toUpperCase() : letter)).join('');
  return Object.fromEntries(list(count, (index) => [spelt(index), block(index)]));
}

function manyKeys(): Readonly<Record<string, string>> {
  return Object.fromEntries(list(1_500, (index) => [`k:${index}`, 'v']));
}

function list<T>(length: number, item: (index: number) => T): T[] {
  return Array.from({ length }, (_, index) => item(index));
}
