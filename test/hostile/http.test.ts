/** HTTP itself, made wrong: what is no request, what hides one request in another, who waits and who does not. */
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { exchange, head, openConnection, type Answer } from './connection.ts';
import {
  assertUnharmed,
  auditLines,
  call,
  FORM,
  formOf,
  hostOf,
  notThere,
  refused,
  s3,
  s3Head,
  signedFormHeaders,
  startTarget,
  succeeded,
  text,
  type Target,
} from './target.ts';

let target: Target;

before(async () => {
  target = await startTarget();
  succeeded(await s3(target, 'PUT', '/http-bucket'));
});
after(async () => {
  await assertUnharmed(target);
  await target.dispose();
});

/** Bytes that are no request: 400, nothing else, and the connection is closed. */
async function noRequest(...pieces: readonly (string | Uint8Array)[]): Promise<void> {
  const connection = await openConnection(target.url);
  for (const piece of pieces) void connection.send(piece);
  const answer = await connection.answer();
  assert.equal(answer.status, 400);
  assert.equal(answer.body, '');
  await connection.ended;
  await assert.rejects(connection.answer(), /ended after 0 bytes/);
  connection.cut();
}

const host = (): Readonly<Record<string, string>> => ({ host: hostOf(target) });

test('bytes that are no HTTP', async () => {
  await noRequest('garbage\r\n\r\n');
  await noRequest(Buffer.from([0, 1, 2, 3, 13, 10, 13, 10]));
  await noRequest(Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3]));
  await noRequest('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
  await noRequest('GET / HTTP/9.9\r\n\r\n');
  await noRequest(`GET / HTTP/1.1\r\nhost: x\r\nno colon\r\n\r\n`);
  await noRequest(`GET / HTTP/1.1\r\nhost: x\r\nname : x\r\n\r\n`);
  await noRequest('GET / HTTP/1.1\r\nhost: x\r\nnul: \u0000\r\n\r\n');
  await noRequest(`GE\u0000T / HTTP/1.1\r\nhost: x\r\n\r\n`);
});

test('two hosts: nobody could tell which bucket is meant', async () => {
  const { hostname } = new URL(target.url);
  await noRequest(`GET /http-bucket HTTP/1.1\r\nhost: ${hostOf(target)}\r\nhost: http-bucket.${hostname}\r\n\r\n`);
});

test('an absolute target names the host that the request is for, and no other', async () => {
  const absolute = (authority: string, hostName: string): string =>
    `GET http://${authority}/http-bucket/none HTTP/1.1\r\nhost: ${hostName}\r\n\r\n`;
  const own = hostOf(target);
  assert.equal((await exchange(target.url, absolute(own, own))).status, 403);
  assert.equal((await exchange(target.url, absolute('LOCALHOST:1', 'localhost:1'))).status, 403);
  for (const other of ['elsewhere.example', `user@${own}`, `http-bucket.${own}`, '', `${own}0`]) {
    await noRequest(absolute(other, own));
  }
});

test('a request for nothing goes to the product page on STS’s and IAM’s own names, and is S3’s on all others', async () => {
  const before = auditLines(target).length;
  for (const name of [
    'sts.amazonaws.com',
    'sts.eu-west-1.amazonaws.com:443',
    'iam.amazonaws.com',
    'STS.amazonaws.com',
  ]) {
    const answer = await exchange(target.url, head('GET', '/', { host: name }));
    assert.deepEqual(
      [answer.status, answer.headers.get('location'), answer.body],
      [302, 'https://aws.amazon.com/iam', ''],
      name,
    );
    assert.match(answer.headers.get('x-amzn-requestid') ?? '', /^[0-9a-f-]{36}$/);
  }
  assert.equal(auditLines(target).length, before, 'there was no call');
  for (const name of [hostOf(target), 'sts.example.com', 'xsts.amazonaws.com', 'sts.amazonaws.com.example.com']) {
    refused(target, await exchange(target.url, head('GET', '/', { host: name })), 403, 'AccessDenied', 'Access Denied');
  }
  const form = { host: 'sts.amazonaws.com', 'content-type': FORM, 'content-length': '0' };
  refused(target, await exchange(target.url, head('POST', '/', form)), 400, 'MissingAction', /missing an action/);
  const call = await exchange(target.url, head('GET', '/?Action=Nonsense', { host: 'iam.amazonaws.com' }));
  refused(target, call, 400, 'InvalidAction', /Nonsense/);
});

test('a head over the limit is 400 without a body; one of 15.8 kB passes', async () => {
  const query = (length: number): string => `/?Action=Nonsense&padding=${'a'.repeat(length)}`;
  refused(target, await exchange(target.url, head('GET', query(15_700), host())), 400, 'InvalidAction', /Nonsense/);
  await noRequest(head('GET', query(40_000), host()));
  await noRequest(head('GET', '/', { ...host(), 'x-amz-security-token': 'a'.repeat(40_000) }));
  await noRequest(head('GET', '/', host()).replace('\r\n\r\n', '\r\n'), 'a: b\r\n'.repeat(8_000));
});

test('two lengths, a length beside chunks, chunks twice: no request hides in another', async () => {
  const start = `POST / HTTP/1.1\r\nhost: ${hostOf(target)}\r\ncontent-type: ${FORM}\r\n`;
  const hidden = 'GET /_sojourn/health HTTP/1.1\r\nhost: x\r\n\r\n';
  await noRequest(`${start}content-length: 3\r\ncontent-length: 40\r\n\r\nabc${hidden}`);
  await noRequest(`${start}content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`);
  await noRequest(`${start}transfer-encoding: chunked\r\ncontent-length: 3\r\n\r\n0\r\n\r\n${hidden}`);
  await noRequest(`${start}transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n${hidden}`);
  await noRequest(`${start}transfer-encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`);
  await noRequest(`${start}content-length: -1\r\n\r\n`);
  await noRequest(`${start}content-length: 1e3\r\n\r\n`);
  await noRequest(`${start}content-length: 99999999999999999999\r\n\r\n`);
  await noRequest(`${start}content-length: 3, 3\r\n\r\nabc`);
});

test('no Host, no path, other methods, other paths', async () => {
  assert.equal((await exchange(target.url, head('GET', '/', {}))).status, 400);
  const send = (method: string, path: string): Promise<Answer> => exchange(target.url, head(method, path, host()));
  refused(target, await send('PATCH', '/http-bucket'), 405, 'MethodNotAllowed', /./);
  refused(target, await send('OPTIONS', '*'), 405, 'MethodNotAllowed', /./);
  refused(target, await send('PROPFIND', '/'), 405, 'MethodNotAllowed', /./);
  refused(target, await send('POST', '/'), 405, 'MethodNotAllowed', /./);
  refused(target, await send('GET', '/%zz'), 400, 'InvalidURI', /./);
  refused(target, await send('GET', '/http-bucket/%c3%28'), 400, 'InvalidURI', /./);
  for (const path of [
    '/../../etc/passwd',
    '//etc/passwd',
    '/..%2f..%2fetc',
    `/${'a'.repeat(10_000)}`,
    '/\\..\\',
    '/.',
    '/__proto__',
  ]) {
    const answer = await send('GET', path);
    assert.ok(answer.status === 400 || answer.status === 403 || answer.status === 404, `${path} ${answer.status}`);
    assert.doesNotMatch(answer.body, /root:/);
  }
  const unknown = await send('GET', '/_sojourn/nothing/../../state.sqlite');
  assert.equal(unknown.status, 404);
  const connection = await openConnection(target.url);
  await connection.send(head('CONNECT', 'example.com:443', host()));
  await connection.ended;
  await assert.rejects(connection.answer());
});

test('an absolute target is the path in it (RFC 9112 3.2.2)', async () => {
  const answer = await exchange(target.url, head('GET', `${target.url}/_sojourn/health`, host()));
  assert.equal(answer.status, 200);
});

test('header fields repeated by a client that wants to be two', async () => {
  const form = formOf('sts', 'GetCallerIdentity');
  const headers = signedFormHeaders(target, 'sts', form);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const send = (...more: readonly string[]): Promise<Answer> =>
    exchange(
      target.url,
      `POST / HTTP/1.1\r\n${[...lines, ...more].join('')}content-length: ${form.length}\r\n\r\n`,
      form,
    );
  succeeded(await send());
  refused(target, await send(`authorization: ${headers['authorization']}\r\n`), 400, 'IncompleteSignature', /./);
  refused(
    target,
    await send('x-amz-date: 20200101T000000Z\r\n'),
    400,
    'IncompleteSignature',
    /^Date must be in ISO-8601/,
  );
  assert.equal((await send('host: elsewhere\r\n')).status, 400);
});

test('100-continue: asked for when the body is wanted, and the refusal instead when it is not', async () => {
  const body = 'the body';
  const expecting = { expect: '100-continue', 'content-length': String(body.length) };
  const wanted = await openConnection(target.url);
  await wanted.send(
    s3Head(target, 'PUT', '/http-bucket/continued', { payload: 'UNSIGNED-PAYLOAD', headers: expecting }),
  );
  assert.equal((await wanted.answer()).status, 100);
  await wanted.send(body);
  assert.equal((await wanted.answer()).status, 200);
  wanted.cut();
  assert.equal(succeeded(await s3(target, 'GET', '/http-bucket/continued')).body, body);
  for (const place of ['/no-such-bucket/key', `/http-bucket/${'k'.repeat(1025)}`]) {
    const unwanted = await openConnection(target.url);
    await unwanted.send(s3Head(target, 'PUT', place, { payload: 'UNSIGNED-PAYLOAD', headers: expecting }));
    const answer = await unwanted.answer();
    assert.ok(answer.status === 404 || answer.status === 400, `${answer.status}`);
    assert.equal(answer.headers.get('connection'), 'close');
    unwanted.cut();
  }
  const form = formOf('sts', 'GetCallerIdentity');
  const forms = await openConnection(target.url);
  const headers = {
    ...signedFormHeaders(target, 'sts', form),
    expect: '100-continue',
    'content-length': String(form.length),
  };
  await forms.send(head('POST', '/', headers));
  assert.equal((await forms.answer()).status, 100);
  await forms.send(form);
  assert.equal((await forms.answer()).status, 200);
  forms.cut();
  assert.equal((await exchange(target.url, head('GET', '/', { ...host(), expect: 'the impossible' }))).status, 417);
});

test('the body of a refused upload is never the next request', async () => {
  const hidden = s3Head(target, 'PUT', '/http-bucket/smuggled', { headers: { 'content-length': '0' } });
  for (const place of ['/no-such-bucket/key', '/http-bucket/%zz']) {
    const connection = await openConnection(target.url);
    const headers = { 'content-length': String(hidden.length) };
    await connection.send(s3Head(target, 'PUT', place, { payload: 'UNSIGNED-PAYLOAD', headers }) + hidden);
    assert.ok((await connection.answer()).status >= 400);
    // The connection may live on: then what comes next is what was sent after the body.
    await connection.send(head('GET', '/_sojourn/health', host()));
    const next = await connection.answer().catch(() => undefined);
    if (next !== undefined) assert.equal(next.body, '{"status":"ok"}\n');
    connection.cut();
  }
  notThere(await s3(target, 'GET', '/http-bucket/smuggled'), 'NoSuchKey');
});

test('pipelined calls are answered in their order, the refused among them too', async () => {
  const connection = await openConnection(target.url);
  const calls = ['/http-bucket/continued', '/http-bucket/none', '/http-bucket?list-type=2', '/http-bucket/continued'];
  await connection.send(calls.map((path) => s3Head(target, 'GET', path)).join(''));
  const statuses: number[] = [];
  for (const _ of calls) statuses.push((await connection.answer()).status);
  assert.deepEqual(statuses, [200, 404, 200, 200]);
  connection.cut();
});

test('a refusal reaches a client that only writes', async () => {
  const size = 40_000_000;
  for (let round = 0; round < 5; round++) {
    const answer = await new Promise<{ readonly status: number | undefined; readonly body: string }>(
      (resolve, reject) => {
        const put = request(`${target.url}/http-bucket/denied`, { method: 'PUT', headers: { 'content-length': size } });
        put.on('error', reject);
        put.on('response', (response) => {
          let body = '';
          response.setEncoding('utf8').on('data', (part: string) => (body += part));
          response.on('end', () => resolve({ status: response.statusCode, body }));
          response.on('error', reject);
        });
        put.end(Buffer.alloc(size));
      },
    );
    assert.equal(answer.status, 403);
    assert.match(answer.body, /<Code>AccessDenied<\/Code>/);
  }
});

test('bodies where none is due are not taken for anything', async () => {
  const listed = await s3(target, 'GET', '/http-bucket?list-type=2', { body: '<Delete/>' });
  assert.ok(listed.status === 200 || listed.status === 400, listed.body);
  succeeded(await s3(target, 'DELETE', '/http-bucket/none', { body: 'x'.repeat(100_000) }));
  assert.equal((await s3(target, 'HEAD', '/http-bucket/none')).body, '');
});

test('names made for the metrics, the log and the answer of others', async () => {
  const names = ['x"} 1\nforged 7', 'x\r\nforged: 1', '{"eventName":"forged"}', '\u001b[31mred'];
  for (const name of names) {
    const form = `Action=${encodeURIComponent(name)}&Version=2011-06-15`;
    const headers = { ...host(), 'content-type': FORM, 'content-length': String(form.length) };
    const answer = await exchange(target.url, head('POST', '/', headers), form);
    assert.equal(answer.status, 400);
    assert.equal(answer.headers.has('forged'), false);
  }
  for (let index = 0; index < 300; index++) {
    await exchange(target.url, head('GET', `/?Action=Garbage${index}`, host()));
  }
  const metrics = (await exchange(target.url, head('GET', '/_sojourn/metrics', host()))).body;
  assert.doesNotMatch(metrics, /^forged/m);
  assert.doesNotMatch(metrics, /Garbage/);
  assert.equal(
    auditLines(target).some(({ eventName }) => eventName === 'forged'),
    false,
  );
  const agent = await exchange(
    target.url,
    head('GET', '/?Action=Nonsense', { ...host(), 'user-agent': `"}\\${'u'.repeat(20_000)}` }),
  );
  refused(target, agent, 400, 'InvalidAction', /./);
});

test('fifty callers make one role: one does, the others are told that it exists', async () => {
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  });
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      call(target, 'iam', 'CreateRole', {
        RoleName: index % 2 === 0 ? 'Crowded' : 'crowded',
        AssumeRolePolicyDocument: document,
      }),
    ),
  );
  const made = answers.filter(({ status }) => status === 200);
  assert.equal(made.length, 1);
  for (const answer of answers.filter(({ status }) => status !== 200)) {
    refused(target, answer, 409, 'EntityAlreadyExists', /^Role with name [Cc]rowded already exists\.$/);
  }
  const roles = succeeded(await call(target, 'iam', 'ListRoles'));
  assert.equal(roles.body.split('<RoleId>').length - 1, 1);
  assert.equal(text(roles, 'RoleId'), text(made[0] ?? roles, 'RoleId'));
});

test('fifty callers make one bucket, and fifty write one key', async () => {
  const made = await Promise.all(
    Array.from({ length: 50 }, () =>
      s3(target, 'PUT', '/crowded-bucket', {
        region: 'eu-west-1',
        body: '<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>',
      }),
    ),
  );
  assert.equal(made.filter(({ status }) => status === 200).length, 1);
  for (const answer of made.filter(({ status }) => status !== 200)) {
    refused(target, answer, 409, 'BucketAlreadyOwnedByYou', /./);
  }
  const bodies = Array.from({ length: 50 }, (_, index) => `writer ${index} `.repeat(1000));
  await Promise.all(bodies.map(async (body) => succeeded(await s3(target, 'PUT', '/crowded-bucket/key', { body }))));
  const { body } = succeeded(await s3(target, 'GET', '/crowded-bucket/key'));
  assert.ok(bodies.includes(body), 'the object is one writer’s, whole');
  const once = await Promise.all(
    bodies.map((each) => s3(target, 'PUT', '/crowded-bucket/once', { body: each, headers: { 'if-none-match': '*' } })),
  );
  assert.deepEqual(once.map(({ status }) => status).sort(), [200, ...Array.from({ length: 49 }, () => 412)]);
});
