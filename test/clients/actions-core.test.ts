/**
 * The token request of a GitHub workflow, made by the toolkit itself (`@actions/core`) in a process of
 * its own, as a step is; and the token verified by `jose`, which knows nothing but the discovery document.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { github } from '../../src/idp/github.ts';
import { developmentIssuer, ISSUER_PATH } from '../../src/issuers/development/development-issuer.ts';
import { DevelopmentKeys } from '../../src/issuers/development/development-keys.ts';
import { memoryKeyFile } from '../../src/issuers/development/key-file.ts';

const ISSUER = 'https://token.actions.githubusercontent.com';
const AUDIENCE = 'sts.amazonaws.com';

const keys = await DevelopmentKeys.open(memoryKeyFile());
/** What the toolkit sent with each request for a token. */
const tokenRequests: IncomingMessage[] = [];
const base = await listen();

test('getIDToken: the runner variables of a job lead to its token', async () => {
  const job = await openJob({ repository: 'my-org/my-repo', ref: 'refs/heads/deploy', workflow: 'Sync to S3' });
  const { stdout, token } = await getIdToken(job, AUDIENCE);
  assert.ok(stdout.includes(`::add-mask::${token}`), 'the toolkit hides the token in logs');
  const claims = await verifiedByDiscovery(token, AUDIENCE);
  assert.equal(claims['sub'], 'repo:my-org/my-repo:ref:refs/heads/deploy');
  assert.equal(claims['workflow'], 'Sync to S3');
  assert.equal(claims['run_attempt'], '1');
  const sent = tokenRequests.at(-1);
  assert.equal(sent?.headers['user-agent'], 'actions/oidc-client');
  assert.ok(sent.url?.endsWith('/idtoken?api-version=2.0&audience=sts.amazonaws.com'));
});

test('getIDToken without audience: the owner is the audience; a job asks as often as it likes', async () => {
  const job = await openJob({ repository: 'my-org/my-repo' });
  const first = await getIdToken(job);
  const second = await getIdToken(job, 'another');
  const claims = await verifiedByDiscovery(first.token, 'https://github.com/my-org');
  const others = await verifiedByDiscovery(second.token, 'another');
  assert.notEqual(claims['jti'], others['jti']);
});

test('a rotated key signs what follows; what it signed before still verifies', async () => {
  const job = await openJob({});
  const before = await getIdToken(job, AUDIENCE);
  const kid = await keys.rotate(github);
  const after = await getIdToken(job, AUDIENCE);
  assert.notEqual(decodeProtectedHeader(before.token).kid, kid);
  assert.equal(decodeProtectedHeader(after.token).kid, kid);
  await verifiedByDiscovery(before.token, AUDIENCE);
  await verifiedByDiscovery(after.token, AUDIENCE);
});

test('a wrong bearer: the toolkit says 401 and our sentence', async () => {
  const job = await openJob({});
  const message = await failure({ ...job, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'not-the-bearer' });
  assert.match(message, /^Error message: Failed to get ID Token\./);
  assert.match(message, /Error Code : 401/);
  assert.match(message, /Error Message: The bearer is not that of a running job\./);
});

test('no permission: the job has no variables, as on a runner', async () => {
  const job = await openJob({ permissions: { contents: 'read' } });
  assert.deepEqual(job, {});
  assert.equal(await failure(job), 'Error message: Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable');
});

test('an answer without value, a 404, a 400', async () => {
  const missing = 'Error message: Response json body do not have ID Token field';
  assert.equal(await failure(await openJob({ faults: ['no-value'] })), missing);
  assert.equal(await failure(await openJob({ faults: [404] })), missing);
  const job = await openJob({});
  const oldVersion = String(job['ACTIONS_ID_TOKEN_REQUEST_URL']).replace('2.0', '1.0');
  assert.match(
    await failure({ ...job, ACTIONS_ID_TOKEN_REQUEST_URL: oldVersion }),
    /Error Code : 400[^]*api-version is 2\.0/,
  );
});

test('a service that is busy for a moment: the toolkit asks again and gets its token', async () => {
  const before = tokenRequests.length;
  const { token } = await getIdToken(await openJob({ faults: [503, 502, 504] }), AUDIENCE);
  await verifiedByDiscovery(token, AUDIENCE);
  assert.equal(tokenRequests.length - before, 4);
});

/** The development issuer behind a real listener, for as long as the file runs. */
async function listen(): Promise<string> {
  const issuer = developmentIssuer({ keys, clock: { now: () => Date.now() } });
  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '', 'http://localhost');
      if (url.pathname.endsWith('/idtoken')) tokenRequests.push(request);
      const reply = await issuer({
        method: request.method ?? '',
        path: url.pathname.slice(ISSUER_PATH.length),
        query: url.search.slice(1),
        headers: request.headers,
        body: await buffer(request),
        secure: false,
      });
      for (const [name, value] of reply.headers) response.setHeader(name, value);
      response.writeHead(reply.status).end(reply.body);
    })();
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return `http://127.0.0.1:${address.port}${ISSUER_PATH}/github`;
}

async function openJob(job: unknown): Promise<Record<string, string>> {
  const opened = await fetch(`${base}/jobs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(job),
  });
  const variables: unknown = await opened.json();
  assert.ok(opened.ok && typeof variables === 'object' && variables !== null, JSON.stringify(variables));
  return { ...variables };
}

const STEP = `
  import { getIDToken } from '@actions/core';
  try {
    process.stdout.write('\\nvalue ' + await getIDToken(...process.argv.slice(1)) + '\\n');
  } catch (error) {
    process.stdout.write('\\nfailed ' + JSON.stringify(error.message) + '\\n');
  }
`;

/** Runs a step that asks for a token, with these variables and nothing else. */
async function step(variables: Readonly<Record<string, string>>, audience?: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  execFile(
    process.execPath,
    ['--input-type=module', '--eval', STEP, ...(audience === undefined ? [] : ['--', audience])],
    { cwd: import.meta.dirname, env: { PATH: process.env['PATH'], ...variables }, timeout: 30_000 },
    (error, stdout) => (error === null ? resolve(stdout) : reject(error)),
  );
  return promise;
}

async function getIdToken(
  variables: Readonly<Record<string, string>>,
  audience?: string,
): Promise<{ readonly stdout: string; readonly token: string }> {
  const stdout = await step(variables, audience);
  const token = /^value (.*)$/m.exec(stdout)?.[1];
  assert.ok(token, stdout);
  return { stdout, token };
}

/** The message with which the toolkit gives up. */
async function failure(variables: Readonly<Record<string, string>>): Promise<string> {
  const stdout = await step(variables, AUDIENCE);
  const message = /^failed (.*)$/m.exec(stdout)?.[1];
  assert.ok(message, 'a token came');
  return String(JSON.parse(message));
}

async function verifiedByDiscovery(token: string, audience: string): Promise<Readonly<Record<string, unknown>>> {
  const discovered: unknown = await (await fetch(`${base}/.well-known/openid-configuration`)).json();
  assert.ok(typeof discovered === 'object' && discovered !== null);
  assert.ok('issuer' in discovered && 'jwks_uri' in discovered);
  assert.equal(discovered.issuer, ISSUER);
  const keySet = createRemoteJWKSet(new URL(String(discovered.jwks_uri)));
  const { payload } = await jwtVerify(token, keySet, { issuer: ISSUER, audience, algorithms: ['RS256'] });
  return payload;
}
