/** The cases of `test/cases/organizations`, each sent as the bytes of a signed request. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { isRecord } from './client-cases.ts';
import { post, TARGET_PREFIX } from './organizations/signed-post.ts';
import { startSojourn, type RunningSojourn } from './running-sojourn.ts';

interface Case {
  readonly name: string;
  readonly source: string;
  readonly call: string;
  readonly with: unknown;
  readonly keep?: Readonly<Record<string, string>>;
  readonly expect: { readonly answer: unknown } | { readonly whole: unknown } | { readonly refusal: unknown };
}

const FILE = join(import.meta.dirname, '..', 'cases', 'organizations', 'calls.json');
// The file is part of this repository: a member that is not as typed fails the case that uses it.
const { cases } = JSON.parse(readFileSync(FILE, 'utf8')) as { readonly cases: readonly Case[] };
const kept = new Map<string, string>();
let sojourn: RunningSojourn;

before(async () => {
  sojourn = await startSojourn();
});
after(async () => sojourn?.dispose());

for (const one of cases) {
  test(`${one.call}: ${one.name}`, async () => {
    assert.ok(one.source !== '');
    const { status, body } = await post(sojourn, `${TARGET_PREFIX}.${one.call}`, JSON.stringify(filled(one.with)));
    const { expect } = one;
    assert.equal(status, 'refusal' in expect ? 400 : 200, JSON.stringify(body));
    if ('answer' in expect) matches(body, expect.answer, 'answer', 'part');
    else matches(body, 'whole' in expect ? expect.whole : expect.refusal, 'body', 'whole');
    for (const [name, path] of Object.entries(one.keep ?? {})) kept.set(name, valueAt(body, path));
  });
}

/** The value with its stand-ins replaced. */
function filled(value: unknown): unknown {
  if (typeof value === 'string')
    return value.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => kept.get(name) ?? whole);
  if (Array.isArray(value)) return value.map(filled);
  if (!isRecord(value)) return value;
  const repeat: unknown = value['repeat'];
  if (Array.isArray(repeat)) return String(repeat[0]).repeat(Number(repeat[1]));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, filled(item)]));
}

function matches(seen: unknown, expected: unknown, at: string, extent: 'part' | 'whole'): void {
  if (Array.isArray(expected)) {
    assert.ok(Array.isArray(seen) && seen.length === expected.length, `${at}: ${JSON.stringify(seen)}`);
    return expected.forEach((item, index) => matches(seen[index], item, `${at}.${index}`, extent));
  }
  if (!isRecord(expected) || 'repeat' in expected) return assert.deepEqual(seen, filled(expected), at);
  if (typeof expected['like'] === 'string') {
    return assert.match(String(seen), new RegExp(String(filled(expected['like']))), at);
  }
  if (expected['absent'] === true) return assert.equal(seen, undefined, at);
  assert.ok(isRecord(seen), `${at}: ${JSON.stringify(seen)}`);
  if (extent === 'whole') assert.deepEqual(Object.keys(seen), Object.keys(expected), at);
  for (const [name, item] of Object.entries(expected)) matches(seen[name], item, `${at}.${name}`, extent);
}

function valueAt(value: unknown, path: string): string {
  const found = path.split('.').reduce<unknown>((part, name) => {
    if (Array.isArray(part)) return part[Number(name)];
    return isRecord(part) ? part[name] : undefined;
  }, value);
  assert.ok(typeof found === 'string', `there is no ${path}`);
  return found;
}
