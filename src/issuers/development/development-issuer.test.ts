import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generic } from '../../idp/generic.ts';
import { github } from '../../idp/github.ts';
import { PROFILES } from '../../idp/profiles.ts';
import { readToken } from '../../tokens/read.ts';
import { verifySignature, verifyToken } from '../../tokens/verify.ts';
import type { IssuerAnswer, IssuerKeys } from '../issuer-keys.ts';
import { DevelopmentKeys } from './development-keys.ts';
import { developmentIssuer } from './development-issuer.ts';
import type { IssuerReply, IssuerRequest } from './issuer-http.ts';
import { memoryKeyFile } from './key-file.ts';
import { mintToken } from './mint-token.ts';
import { developmentIssuerKeys } from './pinned-issuer-keys.ts';

const GITHUB = 'https://token.actions.githubusercontent.com';
const NOW = 1_800_000_000;
const offline: IssuerKeys = {
  keysOf: ({ url }) => ({ kind: 'unavailable', why: `asked for ${url}` }),
  thumbprintOf: async (url) => ({ kind: 'unavailable', why: `asked for the thumbprint of ${url}` }),
};
/** Keys take long to make: all tests that change nothing share these. */
const keys = await DevelopmentKeys.open(memoryKeyFile());

type Ask = (method: string, path: string, more?: Partial<IssuerRequest>) => Promise<Answered>;

interface Answered extends IssuerReply {
  readonly json: Readonly<Record<string, unknown>>;
}

function issuer(clock = { now: () => NOW * 1000 }, hosts: readonly string[] = []): Ask {
  const answer = developmentIssuer({ keys, clock, hosts });
  return async (method, path, more = {}) => {
    const reply = await answer({
      method,
      path,
      query: '',
      headers: { host: '127.0.0.1:4566', 'content-type': 'application/json' },
      body: new Uint8Array(),
      secure: false,
      ...more,
    });
    return { ...reply, json: JSON.parse(reply.body) };
  };
}

function openJob(ask: Ask, job: unknown, more: Partial<IssuerRequest> = {}): Promise<Answered> {
  return ask('POST', '/github/jobs', { body: Buffer.from(JSON.stringify(job)), ...more });
}

function askToken(ask: Ask, bearer: unknown, query = 'api-version=2.0'): Promise<Answered> {
  return ask('GET', '/github/idtoken', {
    query,
    headers: { host: 'localhost', authorization: `Bearer ${String(bearer)}` },
  });
}

function kidsOf(answer: IssuerAnswer): readonly unknown[] {
  assert.ok(answer.kind === 'keys', JSON.stringify(answer));
  return answer.keys.keys.map(({ kid }) => kid);
}

test("discovery of GitHub: the real issuer's name, members and order; the keys are here", async () => {
  const { status, json } = await issuer()('GET', '/github/.well-known/openid-configuration');
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(json), [
    'issuer',
    'jwks_uri',
    'subject_types_supported',
    'response_types_supported',
    'claims_supported',
    'id_token_signing_alg_values_supported',
    'scopes_supported',
  ]);
  assert.equal(json['issuer'], GITHUB);
  assert.equal(json['jwks_uri'], 'http://127.0.0.1:4566/_sojourn/issuer/github/.well-known/jwks');
});

test('discovery follows the options that make the issuer, and the name under which it is asked', async () => {
  const path = '/circleci/.well-known/openid-configuration';
  const org = '11111111-2222-4333-8444-555555555555';
  const { json } = await issuer()('GET', path, {
    query: `org-id=${org}`,
    secure: true,
    headers: { host: 'LocalHost' },
  });
  assert.equal(json['issuer'], `https://oidc.circleci.com/org/${org}`);
  assert.equal(json['jwks_uri'], 'https://localhost/_sojourn/issuer/circleci/.well-known/jwks');
  for (const host of ['', 'a b', 'x/y', 'user@host', 'host?']) {
    assert.equal((await issuer()('GET', path, { headers: { host } })).status, 400, host);
  }
});

test('keys: RSA of 2048 bits, members as GitHub has them, one of them retired', async () => {
  const { status, headers, json } = await issuer()('GET', '/github/.well-known/jwks');
  assert.equal(status, 200);
  assert.ok(headers.some(([name, value]) => name === 'cache-control' && value === 'no-cache'));
  const list: unknown = json['keys'];
  assert.ok(Array.isArray(list) && list.length === 2);
  for (const key of list) {
    assert.deepEqual(Object.keys(key), ['kty', 'alg', 'use', 'kid', 'n', 'e']);
    assert.equal(Buffer.from(key.n, 'base64url').length, 256);
  }
});

test('what the issuer does not have is 404, a wrong method 405', async () => {
  const ask = issuer();
  for (const path of ['', '/', '/nobody/.well-known/jwks', '/github', '/github/', '/github/x', '/github/jobs/1']) {
    assert.equal((await ask('GET', path)).status, 404, path);
  }
  assert.equal((await ask('POST', '/gitlab/jobs')).status, 404);
  assert.equal((await ask('POST', '/github/.well-known/jwks')).status, 405);
  assert.equal((await ask('GET', '/github/jobs')).status, 405);
  assert.equal((await ask('PUT', '/github/idtoken')).status, 405);
});

test("a job's token: asked for as a runner asks, verified by its keys", async () => {
  const ask = issuer();
  const opened = await openJob(ask, { repository: 'my-org/my-repo', ref: 'refs/heads/deploy', 'run-number': 7 });
  assert.equal(opened.status, 201);
  const url = new URL(String(opened.json['ACTIONS_ID_TOKEN_REQUEST_URL']));
  assert.equal(url.href, 'http://127.0.0.1:4566/_sojourn/issuer/github/idtoken?api-version=2.0');
  const bearer = opened.json['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
  const { status, json } = await askToken(
    ask,
    bearer,
    `api-version=2.0&audience=${encodeURIComponent('sts.amazonaws.com')}`,
  );
  assert.equal(status, 200);
  const { keySet } = await keys.keysOf(github);
  const verified = verifyToken(String(json['value']), { now: NOW, clientIds: ['sts.amazonaws.com'], keys: keySet });
  assert.ok(verified.kind === 'verified', JSON.stringify(verified));
  assert.equal(verified.subject, 'repo:my-org/my-repo:ref:refs/heads/deploy');
  assert.equal(verified.claims['run_number'], '7');
  const unasked = readToken(String((await askToken(ask, bearer)).json['value']));
  assert.ok('claims' in unasked);
  assert.equal(unasked.claims['aud'], 'https://github.com/my-org');
});

test('the bearer: unknown, of no form, of an ended job', async () => {
  let now = NOW * 1000;
  const ask = issuer({ now: () => now });
  const bearer = (await openJob(ask, {})).json['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
  assert.equal((await askToken(ask, bearer)).status, 200);
  for (const wrong of ['', 'x', `${String(bearer)}x`, 'a'.repeat(200), 'a b']) {
    const { status, json } = await askToken(ask, wrong);
    assert.equal(status, 401, wrong);
    assert.match(String(json['message']), /not that of a running job/);
  }
  assert.equal((await ask('GET', '/github/idtoken')).status, 401);
  assert.equal(
    (await ask('GET', '/gitlab/idtoken', { headers: { authorization: `Bearer ${String(bearer)}` } })).status,
    401,
  );
  const lower = { authorization: `bearer ${String(bearer)}` };
  assert.equal((await ask('GET', '/github/idtoken', { query: 'api-version=2.0', headers: lower })).status, 200);
  now += 6 * 3_600_000;
  assert.equal((await askToken(ask, bearer)).status, 401);
});

test('the query: version, one audience, of bounded length', async () => {
  const ask = issuer();
  const bearer = (await openJob(ask, {})).json['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
  for (const query of [
    '',
    'api-version=1.0',
    'api-version=2.0&audience=a&audience=b',
    `api-version=2.0&audience=${'a'.repeat(1001)}`,
  ]) {
    assert.equal((await askToken(ask, bearer, query)).status, 400, query.slice(0, 60));
  }
  assert.equal((await askToken(ask, bearer, 'api-version=2.0&audience=')).status, 200);
});

test('a job without id-token: write gets no variables', async () => {
  const ask = issuer();
  for (const permissions of ['read-all', {}, { contents: 'read' }, { 'id-token': 'none' }]) {
    const { status, json } = await openJob(ask, { permissions });
    assert.equal(status, 200);
    assert.deepEqual(json, {});
  }
  for (const permissions of ['write-all', { 'id-token': 'write' }]) {
    assert.equal((await openJob(ask, { permissions })).status, 201);
  }
  for (const permissions of [{ 'id-token': 'read' }, 'all', 5, null, []]) {
    assert.equal((await openJob(ask, { permissions })).status, 400, JSON.stringify(permissions));
  }
});

test('jobs that cannot be are refused with the reason', async () => {
  const ask = issuer();
  const wrong: readonly (readonly [unknown, RegExp])[] = [
    [{ event: 'pull_request', ref: 'refs/heads/x' }, /no such job/],
    [{ colour: 'red' }, /no option colour/],
    [{ repository: ['a/b'] }, /repository is not a text/],
    [[], /not a JSON object/],
    [{ faults: [418] }, /a fault is one of/],
    [{ faults: Array.from({ length: 21 }, () => 500) }, /faults is not a list of up to 20/],
    [Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`o${n}`, 'x'])), /more than 100/],
  ];
  for (const [job, why] of wrong) {
    const { status, json } = await openJob(ask, job);
    assert.equal(status, 400);
    assert.match(String(json['message']), why);
  }
  assert.equal((await ask('POST', '/github/jobs', { body: Buffer.from('{') })).status, 400);
  assert.equal((await ask('POST', '/github/jobs', { body: Buffer.alloc(65_537, 32) })).status, 413);
});

test('no web page can open a job: neither by a plain form nor by a name that resolves to loopback', async () => {
  const ask = issuer();
  const types = [undefined, 'text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'];
  for (const type of types) {
    assert.equal((await openJob(ask, {}, { headers: { host: 'localhost', 'content-type': type } })).status, 415);
  }
  const as = (host: string) => ({ headers: { host, 'content-type': 'application/json; charset=utf-8' } });
  for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:4566', '192.168.0.9', '']) {
    assert.equal((await openJob(ask, {}, as(host))).status, 403, host);
  }
  for (const host of ['localhost:4566', '127.0.0.1', '[::1]:4566']) {
    assert.equal((await openJob(ask, {}, as(host))).status, 201, host);
  }
  assert.equal((await openJob(issuer(undefined, ['sojourn']), {}, as('sojourn:4566'))).status, 201);
});

test('faults are rehearsed one a request, then the token comes', async () => {
  const ask = issuer();
  const opened = await openJob(ask, { faults: [503, 404, 'no-value'] });
  const bearer = opened.json['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
  assert.equal((await askToken(ask, bearer)).status, 503);
  assert.equal((await askToken(ask, bearer)).status, 404);
  const empty = await askToken(ask, bearer);
  assert.equal(empty.status, 200);
  assert.deepEqual(empty.json, {});
  assert.ok((await askToken(ask, bearer)).json['value']);
});

test('open jobs are bounded, ended ones make room', async () => {
  let now = NOW * 1000;
  const ask = issuer({ now: () => now });
  for (let n = 0; n < 1000; n++) assert.equal((await openJob(ask, {})).status, 201);
  assert.equal((await openJob(ask, {})).status, 429);
  now += 6 * 3_600_000;
  assert.equal((await openJob(ask, {})).status, 201);
});

test('every profile mints a token that its pinned issuer verifies, with a kid of its form', async () => {
  const forms = { uuid: /^[0-9a-f-]{36}$/, hex40: /^[0-9a-f]{40}$/, base64url43: /^[\w-]{43}$/ };
  const pinned = developmentIssuerKeys(keys, offline);
  for (const profile of PROFILES) {
    const minted = await mintToken(keys, profile, {}, { audience: undefined, now: NOW });
    assert.ok(minted.kind === 'token', profile.name);
    const token = readToken(minted.token);
    assert.ok('claims' in token, profile.name);
    const kid = String(token.header['kid']);
    assert.match(kid, forms[profile.kidForm], profile.name);
    const answer = pinned.keysOf({ url: String(token.claims['iss']), thumbprints: [] }, kid);
    assert.ok(!(answer instanceof Promise) && answer.kind === 'keys', profile.name);
    assert.equal(verifySignature(token, answer.keys), undefined, profile.name);
  }
});

test('pinned are the known issuers and those minted for; every other goes to the network', async () => {
  const own = await DevelopmentKeys.open(memoryKeyFile());
  const pinned = developmentIssuerKeys(own, offline);
  const kidOf = async (url: string): Promise<IssuerAnswer> => pinned.keysOf({ url, thumbprints: [] }, undefined);
  const githubKids = kidsOf(await kidOf(GITHUB));
  assert.deepEqual(kidsOf(await kidOf(`${GITHUB}/my-enterprise`)), githubKids);
  assert.deepEqual(await kidOf(`${GITHUB}.evil.example`), {
    kind: 'unavailable',
    why: `asked for ${GITHUB}.evil.example`,
  });
  const server = 'https://ghes.example/_services/token';
  assert.equal((await kidOf(server)).kind, 'unavailable');
  await mintToken(own, github, { issuer: server }, { audience: undefined, now: NOW });
  assert.deepEqual(kidsOf(await kidOf(server)), githubKids);
  // A claim cannot carry one provider's key to another provider's issuer.
  await mintToken(own, generic, { claims: JSON.stringify({ iss: GITHUB }) }, { audience: undefined, now: NOW });
  assert.deepEqual(kidsOf(await kidOf(GITHUB)), githubKids);
});

test('keys outlive the process, and two processes on one file agree', async () => {
  const file = memoryKeyFile();
  const [server, command] = [await DevelopmentKeys.open(file), await DevelopmentKeys.open(file)];
  const pinned = developmentIssuerKeys(server, offline);
  const both = await Promise.all([server.keysOf(github), command.keysOf(github), server.keysOf(github)]);
  const [first] = both;
  for (const one of both) assert.equal((await command.keysOf(github)).kid, one.kid);
  assert.equal((await (await DevelopmentKeys.open(file)).keysOf(github)).kid, first?.kid);

  const fresh = await command.rotate(github);
  assert.notEqual(fresh, first?.kid);
  const answer = await pinned.keysOf({ url: GITHUB, thumbprints: [] }, fresh);
  assert.equal(kidsOf(answer)[0], fresh);
  assert.ok(kidsOf(answer).includes(first?.kid), 'the retired key still verifies');
  for (let n = 0; n < 3; n++) await command.rotate(github);
  assert.equal((await command.keysOf(github)).published.length, 4);
  const stored = JSON.stringify(await file.load());
  assert.equal(stored.match(/BEGIN PRIVATE KEY/g)?.length, 1, 'a retired key has no private half');
});

test('a damaged key file is said, never replaced', async () => {
  for (const damaged of [
    [],
    5,
    {},
    { version: 2, keys: {}, issuers: {} },
    { version: 1, keys: { github: [] }, issuers: {} },
    { version: 1, keys: { github: [{ kid: 'a', n: 'b', e: 'c' }] }, issuers: {} },
  ]) {
    const file = memoryKeyFile();
    await file.save(damaged);
    await assert.rejects(DevelopmentKeys.open(file), TypeError, JSON.stringify(damaged));
    assert.deepEqual(await file.load(), damaged);
  }
});
