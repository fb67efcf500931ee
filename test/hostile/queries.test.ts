/** Parameters and headers of reads that are none: markers, ranges, numbers, dates; and what the development issuer is sent. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { exchange, head, type Answer } from './connection.ts';
import { assertUnharmed, call, hostOf, refused, s3, startTarget, succeeded, text, type Target } from './target.ts';

let target: Target;

before(async () => {
  target = await startTarget();
  succeeded(await s3(target, 'PUT', '/queries'));
  succeeded(await s3(target, 'PUT', '/queries/key', { body: '0123456789' }));
});
after(async () => {
  await assertUnharmed(target);
  await target.dispose();
});

const get = (resource: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
  s3(target, 'GET', resource, { headers });

test('listings: numbers, tokens and encodings that are none', async () => {
  for (const list of ['', 'list-type=2&', 'versions=&', 'uploads=&']) {
    const number = list === 'uploads=&' ? 'max-uploads' : 'max-keys';
    for (const value of ['x', '-1', '1.5', '99999999999999', '0x10']) {
      const answer = await get(`/queries?${list}${number}=${value}`);
      refused(target, answer, 400, 'InvalidArgument', /./);
    }
    const encoding = await get(`/queries?encoding-type=binary&${list}`.replace(/&$/, ''));
    refused(target, encoding, 400, 'InvalidArgument', 'Invalid Encoding Method specified in Request');
  }
  for (const token of ['garbage', '', 'AAAA', '%00', 'a'.repeat(5_000)]) {
    const answer = await get(`/queries?continuation-token=${token}&list-type=2`);
    assert.ok(answer.status === 400 || token === '', `${token} ${answer.status}`);
    if (answer.status === 400) refused(target, answer, 400, 'InvalidArgument', /./);
  }
  const odd = succeeded(await get('/queries?list-type=2&prefix=%00%01%EF%BF%BF&delimiter=%22%3C'));
  assert.equal(text(odd, 'KeyCount'), '0');
  assert.doesNotMatch(odd.body, /[\u0000-\u0008]/);
  const unprintable = await get('/queries?list-type=2&prefix=%ff%fe');
  assert.ok(unprintable.status === 200 || unprintable.status === 400, unprintable.body);
});

test('ranges: what is no range is no range, what cannot be met is 416', async () => {
  for (const range of [
    'x',
    'bytes',
    'bytes=',
    'bytes=a-b',
    'bytes=5-2',
    'lines=0-1',
    'bytes=0-1,4-5',
    `bytes=${'0-1,'.repeat(2_000)}0-1`,
  ]) {
    const answer = succeeded(await get('/queries/key', { range }));
    assert.ok(answer.status === 200 || answer.status === 206);
  }
  assert.equal((await get('/queries/key', { range: 'bytes=2-4' })).body, '234');
  for (const range of ['bytes=10-', 'bytes=4000000000000-', 'bytes=-0']) {
    const answer = await get('/queries/key', { range });
    assert.equal(answer.status, 416, `${range} ${answer.status}`);
    assert.equal(text(answer, 'Code'), 'InvalidRange');
  }
});

test('reads: versions, parts, dates and overrides that are none', async () => {
  for (const version of ['garbage', '', '%00']) {
    const answer = await get(`/queries/key?versionId=${version}`);
    assert.ok([200, 400, 404].includes(answer.status), `${version} ${answer.status}`);
  }
  for (const part of ['x', '1.5']) {
    refused(target, await get(`/queries/key?partNumber=${part}`), 400, 'InvalidArgument', /^Part number must be/);
  }
  for (const part of ['0', '-1', '2', '10001']) {
    const answer = await get(`/queries/key?partNumber=${part}`);
    assert.ok(answer.status === 400 || answer.status === 416, `${part} ${answer.status}`);
  }
  for (const date of ['yesterday', 'Fri, 99 Sep 2026 99:99:99 GMT']) {
    assert.equal((await get('/queries/key', { 'if-modified-since': date })).status, 200);
    assert.equal((await get('/queries/key', { 'if-unmodified-since': date })).status, 200);
  }
  for (const value of ['text%2Fhtml%0D%0Aforged:%201', '%C4%80', '%00']) {
    const split = await get(`/queries/key?response-content-type=${value}`);
    refused(target, split, 400, 'InvalidArgument', 'Header value cannot be represented using ISO-8859-1.');
    assert.equal(split.headers.has('forged'), false);
  }
  const large = await s3(target, 'PUT', '/queries/other', {
    body: 'x',
    headers: { 'x-amz-meta-a': 'x'.repeat(2_100) },
  });
  refused(target, large, 400, 'MetadataTooLarge', /./);
});

test('copies: sources that are none, the object itself, ranges beyond it', async () => {
  const copy = (
    source: string,
    resource = '/queries/copy',
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> => s3(target, 'PUT', resource, { headers: { 'x-amz-copy-source': source, ...headers } });
  for (const source of [
    '',
    '/',
    'x',
    '/queries',
    '/queries/',
    '%zz/key',
    '/queries/%ff',
    'arn:aws:s3:::x',
    '//key',
    '/queries/key?versionId=',
    '?',
  ]) {
    const answer = await copy(source);
    assert.ok([400, 404].includes(answer.status), `${source} ${answer.status} ${answer.body}`);
  }
  refused(target, await copy('/queries/key', '/queries/key'), 400, 'InvalidRequest', /^This copy request is illegal/);
  refused(
    target,
    await copy('/queries/key', '/queries/copy', { 'x-amz-metadata-directive': 'MAYBE' }),
    400,
    'InvalidArgument',
    'Unknown metadata directive.',
  );
  const listed = succeeded(await get('/queries?list-type=2&prefix=copy'));
  assert.equal(text(listed, 'KeyCount'), '0');
});

test('markers of IAM that Sojourn never gave', async () => {
  for (const Marker of ['garbage', 'AAAA', '=', '__proto__', '\u0000', 'a'.repeat(320)]) {
    for (const action of ['ListRoles', 'ListUsers', 'ListPolicies', 'GetAccountAuthorizationDetails']) {
      const answer = await call(target, 'iam', action, { Marker });
      refused(target, answer, 400, 'ValidationError', /./);
    }
  }
  refused(target, await call(target, 'iam', 'ListRoles', { MaxItems: '0' }), 400, 'ValidationError', /'maxItems'/);
  refused(target, await call(target, 'iam', 'ListRoles', { MaxItems: '1001' }), 400, 'ValidationError', /'maxItems'/);
});

test('the development issuer: bodies, methods, ids and tokens that are none', async () => {
  const send = (
    method: string,
    path: string,
    body: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> => {
    const all = {
      host: hostOf(target),
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      ...headers,
    };
    return exchange(target.url, head(method, `/_sojourn/issuer/${path}`, all), body);
  };
  for (const body of [
    '',
    'x',
    '[]',
    'null',
    '{"repository":{}}',
    '{"repository":"no-slash"}',
    '['.repeat(10_000),
    `{"ref":"${'r'.repeat(5_000)}"}`,
    '{"faults":[1]}',
  ]) {
    const answer = await send('POST', 'github/jobs', body);
    assert.ok(answer.status < 500, `${body.slice(0, 40)} ${answer.status} ${answer.body}`);
    assert.doesNotMatch(answer.body, /eyJ/);
  }
  assert.equal((await send('POST', 'github/jobs', 'x'.repeat(2_000_000))).status, 413);
  for (const path of [
    'nobody/jobs',
    'github/jobs/none/token',
    'github/../../state.sqlite',
    '%zz',
    '__proto__/jobs',
    'github/.well-known/nothing',
  ]) {
    const answer = await send('GET', path, '', { authorization: 'Bearer garbage' });
    assert.ok(answer.status >= 400 && answer.status < 500, `${path} ${answer.status}`);
  }
});
