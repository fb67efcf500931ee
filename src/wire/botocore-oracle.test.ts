/**
 * Our wire against botocore's own serializers and parsers: what it sends we read, what we answer it
 * reads, for every operation, in one child process.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { NEWER_MEMBERS } from '../../scripts/newer-members.ts';
import { ServiceError } from '../base/service-error.ts';
import { arbitraryStructure } from './arbitrary-values-suite.ts';
import { parseForm } from './form.ts';
import { iam } from './generated/iam.ts';
import { s3 } from './generated/s3.ts';
import { sts } from './generated/sts.ts';
import type { ServiceModel } from './model.ts';
import { decodeQuery } from './query-request.ts';
import { encodeQuery, encodeQueryError } from './query-response.ts';
import { decodeRest } from './rest-request.ts';
import { encodeRest, encodeRestError } from './rest-response.ts';
import { makeS3Router } from './rest-route.ts';
import { shapeOf, structureOf } from './shape-of.ts';

/** Values tried of each operation, each way. */
const SAMPLES = 4;

type Question = Readonly<Record<string, unknown>>;

const version = botocoreVersion();
const skip =
  version === undefined
    ? 'python3 with botocore is not here'
    : `botocore ${version}` !== s3.source && `botocore ${version} is here, the tables are from ${s3.source}`;

function botocoreVersion(): string | undefined {
  const found = spawnSync('python3', ['-c', 'import botocore; print(botocore.__version__)'], { encoding: 'utf8' });
  return found.status === 0 ? found.stdout.trim() : undefined;
}

/** Operation names with values of one of their shapes. */
function samples(model: ServiceModel, side: 'input' | 'output'): readonly (readonly [string, object])[] {
  return Object.entries(model.operations).flatMap(([operation, row]) => {
    // Old names of one binding, never routed to: two of their members share an element name.
    if (/^(Get|Put)Bucket(Lifecycle|Notification)$/.test(operation)) return [];
    const shape = row[side];
    const values = shape === undefined ? [{}] : fc.sample(arbitraryStructure(model, shape), SAMPLES);
    // botocore makes a time of this one text, with a patch of its own beside the model.
    return values.map(
      ({ Expires: _, ...value }: { readonly Expires?: string }) => [operation, known(value, model)] as const,
    );
  });
}

/** The value without members that the live service takes and this botocore does not know yet. */
function known(value: object, { service }: ServiceModel): object {
  const newer = Object.values(NEWER_MEMBERS[service]?.members ?? {}).map(({ name }) => name);
  return Object.fromEntries(Object.entries(value).filter(([name]) => !newer.includes(name)));
}

function ask(questions: readonly Question[]): readonly unknown[] {
  const script = join(import.meta.dirname, 'botocore-oracle.py');
  const out = execFileSync('python3', [script], {
    input: JSON.stringify(questions),
    maxBuffer: 1 << 28,
    encoding: 'utf8',
  });
  const { answers } = JSON.parse(out);
  assert.ok(Array.isArray(answers));
  assert.equal(answers.length, questions.length);
  return answers;
}

/** As JSON carries it: dates as texts, absent members gone. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** What botocore gives its callers also when it is not in the answer: payloads and metadata, empty. */
function madeUp(model: ServiceModel, operation: string): object {
  const output = model.operations[operation]?.output;
  if (output === undefined || model.protocol === 'query') return {};
  const { payload, members } = structureOf(model, output);
  const always = Object.entries(members).filter(([name, { location }]) => name === payload || location === 'headers');
  return Object.fromEntries(
    always.map(([name, { shape }]) => [name, ['string', 'blob'].includes(shapeOf(model, shape).type) ? '' : {}]),
  );
}

interface Serialized {
  readonly method: string;
  readonly form?: [string, string][];
  readonly path: string;
  readonly query: Record<string, string>;
  readonly headers: Record<string, string>;
  readonly body: string;
}

test('what botocore sends is what our handlers get', { skip }, () => {
  const route = makeS3Router(s3, []);
  const models = [sts, iam, s3];
  const sent = models.flatMap((model) =>
    samples(model, 'input').map(([operation, value]) => ({ model, operation, value })),
  );
  const answers = ask(
    sent.map(({ model, operation, value }) => ({
      kind: 'serialize',
      service: model.service,
      operation,
      params: value,
    })),
  );
  for (const [index, { model, operation, value }] of sent.entries()) {
    const request = answers[index] as Serialized;
    if (model.protocol === 'query') {
      const form = new URLSearchParams(request.form).toString();
      const call = decodeQuery(model, parseForm(form));
      assert.equal(call.action, operation);
      assert.deepEqual(plain(call.input), plain(value), operation);
      continue;
    }
    const [path = '', rawQuery = ''] = request.path.split('?');
    const query = new Map(
      [...new URLSearchParams(rawQuery), ...Object.entries(request.query)].map(([k, v]) => [k, String(v)]),
    );
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, text]) => [name.toLowerCase(), text]),
    );
    const { operation: found, known, ...address } = route({ method: request.method, path, host: 'h', query, headers });
    assert.deepEqual([found, known], [operation, true]);
    const payload = request.body === '' ? undefined : Buffer.from(request.body, 'base64');
    assert.deepEqual(
      plain(decodeRest(s3, operation, { ...address, query, headers, payload })),
      plain(value),
      operation,
    );
  }
});

test('what we answer is what botocore gives its callers', { skip }, () => {
  const given: { model: ServiceModel; operation: string; value: object; question: Question }[] = [];
  for (const model of [sts, iam, s3]) {
    for (const [operation, value] of samples(model, 'output')) {
      // botocore reads this one's root with a handler of its own.
      if (operation === 'GetBucketLocation') continue;
      const { status, headers, body } =
        model.protocol === 'query'
          ? { status: 200, headers: [], body: encodeQuery(model, operation, value, 'id') }
          : encodeRest(model, operation, value);
      const question: Question = {
        kind: 'parse',
        service: model.service,
        operation,
        status,
        headers: Object.fromEntries(headers.map(([name, text]) => [name.toLowerCase(), text])),
        body: Buffer.from(typeof body === 'string' ? body : '').toString('base64'),
      };
      given.push({ model, operation, value, question });
    }
  }
  const answers = ask(given.map(({ question }) => question));
  for (const [index, { model, operation, value }] of given.entries()) {
    assert.deepEqual(answers[index], plain({ ...madeUp(model, operation), ...value }), operation);
  }
});

test('our refusals are read by botocore with code, message and fault', { skip }, () => {
  const body = (text: unknown): string => Buffer.from(typeof text === 'string' ? text : '').toString('base64');
  const denied = new ServiceError('AccessDenied', 403, "User: x is not authorized: <a> & 'b'");
  const facts = { requestId: 'r', hostId: 'h', method: 'GET' };
  const [query, rest, silent] = ask([
    {
      kind: 'parse',
      service: 'sts',
      operation: 'AssumeRole',
      status: 403,
      headers: {},
      body: body(encodeQueryError(denied, sts, 'r')),
    },
    {
      kind: 'parse',
      service: 's3',
      operation: 'GetObject',
      status: 403,
      headers: {},
      body: body(encodeRestError(denied, facts).body),
    },
    { kind: 'parse', service: 's3', operation: 'HeadObject', status: 404, headers: {}, body: '' },
  ]);
  assert.deepEqual(query, { Error: { Type: 'Sender', Code: 'AccessDenied', Message: denied.message } });
  assert.deepEqual(rest, { Error: { Code: 'AccessDenied', Message: denied.message } });
  assert.deepEqual(silent, { Error: { Code: '404', Message: 'Not Found' } });
});
