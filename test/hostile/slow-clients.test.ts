/** Clients that stall: the real server on short times, since the real times are longer than a test may be. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { buildSojourn, type BuiltSojourn } from '../../src/cli/build-sojourn.ts';
import { openDataDirectory } from '../../src/cli/data-directory.ts';
import { developmentParts } from '../../src/cli/development-parts.ts';
import { readSettings } from '../../src/cli/read-settings.ts';
import { signRequest } from '../../src/credentials/signature-v4/sign-request.ts';
import { openAuditLog, type AuditLog } from '../../src/server/audit-log.ts';
import { listen, type RunningServer } from '../../src/server/listener.ts';
import { Metrics } from '../../src/server/metrics.ts';
import { exchange, head, openConnection } from './connection.ts';

const TIMES = { head: 400, idle: 600, keepAlive: 800, discard: 300 };
let directory: string;
let built: BuiltSojourn;
let audit: AuditLog;
let server: RunningServer;
const reported: string[] = [];

before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'sojourn-slow-'));
  const answer = readSettings({
    flags: { data: [directory], port: ['0'] },
    env: {},
    config: undefined,
    readFile: () => '',
  });
  assert.ok(answer.kind === 'settings');
  const { settings } = answer;
  const data = openDataDirectory(directory);
  const { keys } = await developmentParts(data, settings);
  built = await buildSojourn(settings, data, keys, () => server.url);
  audit = openAuditLog(data.auditLog);
  const parts = { sojourn: built.sojourn, audit, metrics: new Metrics([]), s3Domain: settings.s3Domain };
  const options = { host: '127.0.0.1', port: 0, tls: undefined, pages: [], times: TIMES };
  server = await listen({ ...parts, report: (line) => reported.push(line) }, options);
  await put('/slow', '');
});
after(async () => {
  await server.drain();
  audit.close();
  await built.close();
  rmSync(directory, { recursive: true, force: true });
  assert.deepEqual(reported, []);
});

function s3Head(method: string, rawPath: string, length: number): string {
  const headers = { host: new URL(server.url).host, 'content-length': String(length) };
  const listed = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  const request = { method, rawPath, rawQuery: '', headers: listed, payloadHash: 'UNSIGNED-PAYLOAD' };
  const options = { service: 's3', region: 'us-east-1', now: Date.now() };
  return head(method, rawPath, { ...headers, ...signRequest(request, built.sojourn.rootAccessKey, options) });
}

async function put(path: string, body: string): Promise<void> {
  assert.equal((await exchange(server.url, s3Head('PUT', path, body.length), body)).status, 200);
}

test('a head that does not come is 408 and the end of the connection', async () => {
  const silent = await openConnection(server.url);
  const trickling = await openConnection(server.url);
  const start = 'GET /_sojourn/health HTTP/1.1\r\nhost: x\r\n';
  await trickling.send(start);
  const drip = setInterval(() => void trickling.send('a: b\r\n'), 50);
  try {
    assert.equal((await trickling.answer()).status, 408);
    await trickling.ended;
    await silent.ended;
  } finally {
    clearInterval(drip);
    trickling.cut();
    silent.cut();
  }
});

test('an upload that stalls is cut, nothing of it is kept, and it is on record', async () => {
  const stalled = await openConnection(server.url);
  await stalled.send(s3Head('PUT', '/slow/stalled', 1000) + 'some');
  await stalled.ended;
  stalled.cut();
  const lines = (): readonly string[] => readFileSync(join(directory, 'audit.jsonl'), 'utf8').trim().split('\n');
  for (let wait = 0; wait < 100 && !(lines().at(-1) ?? '').includes('IncompleteBody'); wait++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.match(lines().at(-1) ?? '', /"eventName":"PutObject".*"errorCode":"IncompleteBody"/);
  assert.deepEqual(readdirSync(join(directory, 'objects', 'incoming')), []);
});

test('an upload that comes slowly, but comes, is taken', async () => {
  const slow = await openConnection(server.url);
  await slow.send(s3Head('PUT', '/slow/taken', 10));
  for (const letter of '0123456789') {
    await new Promise((resolve) => setTimeout(resolve, 150));
    await slow.send(letter);
  }
  assert.equal((await slow.answer()).status, 200);
  slow.cut();
});

test('a client that never reads its answer is cut', async () => {
  // More than the kernel keeps for both ends of a connection: 36 MiB where tcp_rmem ends at 32 and tcp_wmem at 4.
  await put('/slow/large', 'l'.repeat(48 << 20));
  const deaf = await openConnection(server.url);
  deaf.socket.pause();
  const closed = new Promise<void>((resolve) => deaf.socket.once('close', () => resolve()));
  await deaf.send(s3Head('GET', '/slow/large', 0));
  await new Promise((resolve) => setTimeout(resolve, 2 * TIMES.idle));
  deaf.socket.resume();
  await deaf.ended;
  deaf.cut();
  await closed;
  await assert.rejects(deaf.answer(), /the connection ended/);
});

test('a refused body that goes on and on is discarded for a while only', async () => {
  const endless = await openConnection(server.url);
  await endless.send(head('PUT', '/slow/denied', { host: 'x', 'content-length': '1000000000' }));
  const drip = setInterval(() => void endless.send('more'), 20);
  try {
    assert.equal((await endless.answer()).status, 403);
    await endless.ended;
  } finally {
    clearInterval(drip);
    endless.cut();
  }
});

test('a kept-alive connection on which nothing more comes is closed', async () => {
  const idle = await openConnection(server.url);
  await idle.send(head('GET', '/_sojourn/health', { host: 'x' }));
  assert.equal((await idle.answer()).status, 200);
  await idle.ended;
  idle.cut();
});
