/** Cases of `test/cases/clients`: what a client sends, what must come back, and why. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './programs.ts';

const DIRECTORY = join(import.meta.dirname, '..', 'cases', 'clients');
const RUNNER = join(import.meta.dirname, 'iam_calls.py');

/** One call; `iam_calls.py` says what its members mean to the runner. */
export interface ClientCase {
  /** What must hold, as a sentence. */
  readonly name: string;
  /** Where it is written that it must. */
  readonly source: string;
  /** Service and operation: `iam CreateRole`. */
  readonly call: string;
  readonly with?: unknown;
  readonly raw?: unknown;
  readonly walk?: unknown;
  readonly odd?: unknown;
  readonly as?: unknown;
  readonly keep?: Readonly<Record<string, string>>;
  /** Of S3: headers of the answer, lower-cased. */
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly expect: Expected;
}

/**
 * The answer, or the refusal. An answer is compared member by member, members that are not named may be
 * anything; `{"like": "^AROA"}` is a text of that form, `{"absent": true}` a member that is not there,
 * `{"items": 3}` a list of that length. A refusal without `message` has none on the wire either.
 */
export type Expected =
  { readonly answer: unknown } | { readonly code: string; readonly status: number; readonly message?: unknown };

/** A token that a test signs: the claims of a good one, changed. Texts like `now+400` are times. */
export interface TokenChange {
  readonly without?: readonly string[];
  readonly set?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  /** Not a token at all but this text. */
  readonly text?: string;
}

export interface CaseFile {
  readonly about: string;
  readonly tokens?: Readonly<Record<string, TokenChange>>;
  readonly cases: readonly ClientCase[];
}

/** What the runner saw of one case. */
export interface Seen {
  readonly answer: unknown;
  /** Everything kept so far, for the texts of `expect` that name it. */
  readonly kept: Readonly<Record<string, unknown>>;
}

/** Reads a file of cases by its name without ending. */
export function readCases(name: string): CaseFile {
  // The files are part of this repository: a member that is not as typed fails the case that uses it.
  return JSON.parse(readFileSync(join(DIRECTORY, `${name}.json`), 'utf8')) as CaseFile;
}

/** The policy documents that cases name as `document.{name}`. */
export function readDocuments(): Readonly<Record<string, string>> {
  const documents: unknown = JSON.parse(readFileSync(join(DIRECTORY, 'documents.json'), 'utf8'));
  assert.ok(isRecord(documents));
  return Object.fromEntries(
    Object.entries(documents).map(([name, document]) => [`document.${name}`, JSON.stringify(document)]),
  );
}

/** Runs the cases in order in one Python process; answers what it saw of each. */
export async function runCases(
  cases: readonly ClientCase[],
  kept: Readonly<Record<string, unknown>>,
  env: NodeJS.ProcessEnv,
): Promise<readonly Seen[]> {
  const ran = await run('python3', [RUNNER], { env, input: JSON.stringify({ kept, cases }) });
  assert.equal(ran.code, 0, `${ran.out.slice(-2000)}\n${ran.err}`);
  const lines = ran.out.trim().split('\n');
  assert.equal(lines.length, cases.length);
  return lines.map((line) => {
    const seen: unknown = JSON.parse(line);
    assert.ok(isRecord(seen) && isRecord(seen['kept']));
    return { answer: seen['answer'], kept: seen['kept'] };
  });
}

/** Asserts that the case went as it says; and of every answer its request id and kind of error. */
export function check({ expect }: ClientCase, { answer, kept }: Seen): void {
  assert.ok(isRecord(answer));
  const metadata = answer['ResponseMetadata'];
  assert.ok(isRecord(metadata) && isRecord(metadata['HTTPHeaders']));
  assert.match(String(metadata['RequestId']), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  assert.equal(metadata['HTTPHeaders']['x-amzn-requestid'], metadata['RequestId']);
  assert.equal(metadata['HTTPHeaders']['content-type'], 'text/xml');
  const error = answer['Error'];
  if ('answer' in expect) {
    assert.equal(error, undefined, JSON.stringify(error));
    assert.equal(metadata['HTTPStatusCode'], 200);
    return matches(answer, expect.answer, kept, 'answer');
  }
  assert.ok(isRecord(error), `it was not refused but answered ${JSON.stringify(answer)}`);
  const seen = { code: error['Code'], status: metadata['HTTPStatusCode'] };
  assert.deepEqual(seen, { code: expect.code, status: expect.status }, String(error['Message']));
  matches(error['Message'], expect.message, kept, 'message');
  assert.equal(error['Type'], expect.status < 500 ? 'Sender' : 'Receiver');
}

/** Asserts that what was seen is as {@link Expected} has it; `at` is where it stands. */
export function matches(seen: unknown, expected: unknown, kept: Seen['kept'], at: string): void {
  if (Array.isArray(expected)) {
    assert.ok(Array.isArray(seen), `${at} is no list: ${JSON.stringify(seen)}`);
    assert.equal(seen.length, expected.length, `${at}: ${JSON.stringify(seen)}`);
    return expected.forEach((item, index) => matches(seen[index], item, kept, `${at}.${index}`));
  }
  if (!isRecord(expected)) {
    return assert.deepEqual(seen, typeof expected === 'string' ? fill(expected, kept) : expected, at);
  }
  if (typeof expected['like'] === 'string') return assert.match(String(seen), new RegExp(expected['like']), at);
  if (expected['absent'] === true) return assert.equal(seen, undefined, at);
  if (typeof expected['items'] === 'number') return assert.equal(Object(seen).length, expected['items'], at);
  assert.ok(isRecord(seen), `${at} is no structure: ${JSON.stringify(seen)}`);
  for (const [name, part] of Object.entries(expected)) matches(seen[name], part, kept, `${at}.${name}`);
}

function fill(text: string, kept: Seen['kept']): string {
  return text.replaceAll(/\$\{([\w.]+)\}/g, (whole, name: string) => String(kept[name] ?? whole));
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
