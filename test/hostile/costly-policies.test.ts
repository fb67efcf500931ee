/** Bucket policies and headers that are made for each other to take long: the answer comes at once, with its audit event. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { DOCUMENT_LIMIT, HOSTILE_CASES, type HostileCase } from '../properties/hostile-policies.ts';
import type { SigningCredentials } from '../../src/credentials/signature-v4/sign-request.ts';
import { exchange, head } from './connection.ts';
import {
  ACCOUNT,
  assertUnharmed,
  call,
  hostOf,
  refused,
  s3,
  startTarget,
  succeeded,
  text,
  type Target,
} from './target.ts';

const BUCKET = 'costly-bucket';
/** Milliseconds for one denied request, its explanation and its audit event. The machine may be busy with other tests. */
const LIMIT = 1_500;
/** Characters that fit into the head of a request together. */
const REFERER = 20_000;
const AGENT = 8_000;

let target: Target;
/** A user who may nothing of its own. */
let nobody: SigningCredentials;

before(async () => {
  target = await startTarget();
  succeeded(await call(target, 'iam', 'CreateUser', { UserName: 'nobody' }));
  const key = succeeded(await call(target, 'iam', 'CreateAccessKey', { UserName: 'nobody' }));
  nobody = { accessKeyId: text(key, 'AccessKeyId') ?? '', secretAccessKey: text(key, 'SecretAccessKey') ?? '' };
  succeeded(await s3(target, 'PUT', `/${BUCKET}`));
});
after(async () => {
  await assertUnharmed(target);
  await target.dispose();
});

for (const hostile of HOSTILE_CASES.filter(fitsHeaders)) {
  test(`a denial is answered at once: ${hostile.name}`, async () => {
    for (const effect of ['Allow', 'Deny'] as const) {
      succeeded(await s3(target, 'PUT', `/${BUCKET}?policy`, { body: policyOf(hostile, effect) }));
      const headers = {
        referer: textOf(hostile.context['aws:referer']).slice(0, REFERER),
        'user-agent': textOf(hostile.context['k:b']).slice(0, AGENT),
      };
      const start = performance.now();
      const answer = await s3(target, 'GET', `/${BUCKET}/key`, { headers, credentials: nobody });
      const time = performance.now() - start;
      refused(target, answer, 403, 'AccessDenied', /s3:GetObject/);
      assert.ok(time < LIMIT, `${effect}: ${time} ms`);
    }
  });
}

test('a thousand denials in one call leave others their turn', async () => {
  const Condition = { StringLike: { 'aws:Referer': '*?a?b*', 'aws:UserAgent': '*?a?b*' } };
  const deny = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*Object',
    Resource: `arn:aws:s3:::${BUCKET}/*`,
    Condition,
  };
  const body = JSON.stringify({ Version: '2012-10-17', Statement: Array.from({ length: 110 }, () => deny) });
  assert.ok(body.length <= DOCUMENT_LIMIT);
  succeeded(await s3(target, 'PUT', `/${BUCKET}?policy`, { body }));
  const keys = Array.from({ length: 1_000 }, (_, index) => `<Object><Key>k${index}</Key></Object>`).join('');
  const list = `<Delete>${keys}</Delete>`;
  const headers = {
    referer: 'a'.repeat(REFERER),
    'user-agent': 'a'.repeat(AGENT),
    'content-md5': createHash('md5').update(list).digest('base64'),
  };
  const deletion = s3(target, 'POST', `/${BUCKET}?delete`, { body: list, headers, credentials: nobody });
  await setTimeout(100);
  const start = performance.now();
  assert.equal((await exchange(target.url, head('GET', '/_sojourn/health', { host: hostOf(target) }))).status, 200);
  const time = performance.now() - start;
  assert.ok(time < LIMIT, `health after ${time} ms`);
  const answer = succeeded(await deletion);
  assert.equal(answer.body.split('<Code>AccessDenied</Code>').length - 1, 1_000);
});

/** For everybody of the account, who then still need a policy of their own. */
function policyOf({ condition }: HostileCase, Effect: 'Allow' | 'Deny'): string {
  const Resource = `arn:aws:s3:::${BUCKET}/*`;
  const document = (Condition: object): string =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect, Principal: { AWS: ACCOUNT }, Action: 's3:GetObject', Resource, Condition }],
    }).replaceAll('${k:b}', '${aws:UserAgent}');
  const whole = document(condition);
  if (whole.length <= DOCUMENT_LIMIT) return whole;
  const [[operator = '', keys] = []] = Object.entries(condition);
  const [[key = '', values] = []] = Object.entries(Object(keys));
  assert.ok(Array.isArray(values));
  // The key of a header is longer than the one it stands for.
  const fewer = values.slice(0, Math.floor((values.length * DOCUMENT_LIMIT * 0.98) / whole.length));
  return document({ [operator]: { [key]: fewer } });
}

/** A multivalued key is no header, headers have no letters beyond Latin, and one long value cannot be made shorter. */
function fitsHeaders({ condition, context }: HostileCase): boolean {
  const isPlain = Object.values(context).every((value) => typeof value === 'string' && /^[\x21-\x7e]*$/.test(value));
  const isOneValue = Object.values(condition).some((keys) => typeof Object(keys)['aws:referer'] === 'string');
  return isPlain && !(isOneValue && JSON.stringify(condition).includes('${k:b}'));
}

function textOf(value: HostileCase['context'][string] | undefined): string {
  assert.ok(typeof value === 'string');
  return value;
}
