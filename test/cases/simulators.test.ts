/**
 * Runs the cases of test/cases/simulators/*.json: each a sentence, its source, a request to one of IAM's simulators and
 * what it answers. Documents stand in requests as JSON; what a request does not say is the action `s3:GetObject` and one
 * policy that allows everything. An answer is compared member by member: `null` is a member that is not there, those that
 * are not named may be anything; lists have their length.
 */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { openIam, type IamUnderTest } from '../../src/services/iam/iam-suite.ts';
import type {
  GetContextKeysForCustomPolicyRequest,
  SimulateCustomPolicyRequest,
} from '../../src/wire/generated/iam-types.ts';

interface Case {
  readonly name: string;
  readonly source: string;
  /** SimulateCustomPolicy unless it says otherwise. */
  readonly call?: 'GetContextKeysForCustomPolicy';
  readonly input: Readonly<Record<string, unknown>>;
  readonly expect: Expected;
}

/** `rest` is the next page. */
type Expected =
  | { readonly results: unknown; readonly truncated?: boolean; readonly rest?: unknown }
  | { readonly keys: readonly string[] }
  | { readonly code: string; readonly message: string | { readonly like: string } };

const FOLDER = join(import.meta.dirname, 'simulators');
const EVERYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

for (const file of readdirSync(FOLDER).toSorted()) {
  // The files are part of this repository: a member that is not as typed fails the case that uses it.
  const { about, cases } = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as {
    readonly about: string;
    readonly cases: readonly Case[];
  };
  describe(`${file}: ${about}`, () => {
    for (const one of cases) {
      test(one.name, async (t) => {
        assert.ok(one.source.length > 0);
        await runCase(one, await openIam(t));
      });
    }
  });
}

async function runCase({ call, input, expect }: Case, iam: IamUnderTest): Promise<void> {
  const texts = withTexts(input);
  if (call === 'GetContextKeysForCustomPolicy') {
    const asked = texts as unknown as GetContextKeysForCustomPolicyRequest;
    if ('code' in expect) return iam.refused(call, asked, refusal(expect));
    assert.ok('keys' in expect);
    return assert.deepEqual((await iam.call(call, asked)).ContextKeyNames, expect.keys);
  }
  const asked = {
    ActionNames: ['s3:GetObject'],
    PolicyInputList: [JSON.stringify(EVERYTHING)],
    ...texts,
  } as SimulateCustomPolicyRequest;
  if ('code' in expect) return iam.refused('SimulateCustomPolicy', asked, refusal(expect));
  assert.ok('results' in expect);
  const answer = await iam.call('SimulateCustomPolicy', asked);
  matches(answer.EvaluationResults, expect.results, 'results');
  if (expect.truncated !== undefined) assert.equal(answer.IsTruncated, expect.truncated);
  if (expect.rest === undefined) return;
  const next = await iam.call('SimulateCustomPolicy', { ...asked, Marker: answer.Marker });
  matches(next.EvaluationResults, expect.rest, 'rest');
  assert.equal(next.IsTruncated, false);
}

function refusal({ code, message }: Extract<Expected, { code: string }>) {
  return { code, status: 400, message: typeof message === 'string' ? message : new RegExp(message.like) };
}

/** Documents as texts: policies are where a request has no other objects. */
function withTexts(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const entries = Object.entries(input).map(([name, value]): [string, unknown] => {
    if (name === 'ResourcePolicy') return [name, textOf(value)];
    if (name === 'OrderedOrganizationPolicyInputList')
      return [name, listOf(value).map((level) => withTexts(Object(level)))];
    return [name, name.endsWith('PolicyInputList') ? listOf(value).map(textOf) : value];
  });
  return Object.fromEntries(entries);
}

function textOf(document: unknown): string {
  return typeof document === 'string' ? document : JSON.stringify(document);
}

function listOf(value: unknown): readonly unknown[] {
  assert.ok(Array.isArray(value));
  return value;
}

function matches(seen: unknown, expected: unknown, at: string): void {
  if (Array.isArray(expected)) {
    assert.ok(Array.isArray(seen), `${at} is no list: ${JSON.stringify(seen)}`);
    assert.equal(seen.length, expected.length, `${at}: ${JSON.stringify(seen)}`);
    return expected.forEach((item, index) => matches(seen[index], item, `${at}.${index}`));
  }
  if (expected === null) return assert.equal(seen, undefined, at);
  if (typeof expected !== 'object') return assert.deepEqual(seen, expected, at);
  assert.ok(typeof seen === 'object' && seen !== null, `${at} is no structure: ${JSON.stringify(seen)}`);
  const members = new Map<string, unknown>(Object.entries(seen));
  if (Object.keys(Object(expected)).length === 0 && at.endsWith('Details')) assert.deepEqual(seen, {}, at);
  for (const [name, part] of Object.entries(Object(expected))) matches(members.get(name), part, `${at}.${name}`);
}
