/** The end of the process in the middle of things: SIGTERM finishes what is under way, SIGKILL loses nothing that was answered. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { head, openConnection } from './connection.ts';
import {
  assertUnharmed,
  auditLines,
  call,
  hostOf,
  notThere,
  s3,
  s3Head,
  startTarget,
  storedFiles,
  succeeded,
  text,
} from './target.ts';

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const HALF = 'h'.repeat(500_000);

function uploadHead(target: Parameters<typeof s3Head>[0], place: string): string {
  return s3Head(target, 'PUT', place, {
    payload: 'UNSIGNED-PAYLOAD',
    headers: { 'content-length': String(2 * HALF.length) },
  });
}

/** The listening socket closes an instant after the idle connections. */
async function noMoreConnections(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const connection = await openConnection(url).catch(() => undefined);
    if (connection === undefined) return;
    connection.cut();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.fail('the server still takes connections');
}

test('SIGTERM: an upload under way is finished, nothing new is begun, the exit code is 0', async () => {
  const first = await startTarget();
  succeeded(await s3(first, 'PUT', '/drained'));
  const idle = await openConnection(first.url);
  await idle.send(head('GET', '/_sojourn/health', { host: hostOf(first) }));
  assert.equal((await idle.answer()).status, 200);
  const upload = await openConnection(first.url);
  await upload.send(uploadHead(first, '/drained/whole'));
  await upload.send(HALF);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const started = Date.now();
  const stopped = first.stop();
  await idle.ended;
  await noMoreConnections(first.url);
  await upload.send(HALF);
  assert.equal((await upload.answer()).status, 200);
  assert.equal(await stopped, 0);
  assert.ok(Date.now() - started < 10_000, 'kept-alive connections do not hold the process up');
  upload.cut();
  const second = await startTarget(first);
  try {
    assert.equal(succeeded(await s3(second, 'GET', '/drained/whole')).body, HALF + HALF);
    await assertUnharmed(second);
  } finally {
    await second.dispose();
  }
});

test('SIGKILL: what was answered is there, what was not is gone, and the audit log goes on', async () => {
  const first = await startTarget();
  succeeded(await s3(first, 'PUT', '/killed'));
  succeeded(await call(first, 'iam', 'CreateRole', { RoleName: 'kept', AssumeRolePolicyDocument: TRUST }));
  const upload = await openConnection(first.url);
  await upload.send(uploadHead(first, '/killed/half'));
  await upload.send(HALF);
  const answered = new Map<string, string>();
  const writers = Array.from({ length: 4 }, async (_, writer) => {
    for (let count = 0; ; count++) {
      const [key, body] = [`${writer}-${count}`, `${writer} ${count} `.repeat(2_000)];
      const answer = await s3(first, 'PUT', `/killed/${key}`, { body }).catch(() => undefined);
      if (answer === undefined) return;
      if (answer.status === 200) answered.set(key, body);
    }
  });
  await new Promise((resolve) => setTimeout(resolve, 400));
  await first.kill();
  await Promise.all(writers);
  upload.cut();
  assert.ok(answered.size > 4, `${answered.size} objects were answered`);
  const second = await startTarget(first);
  try {
    for (const [key, body] of answered) {
      assert.equal(succeeded(await s3(second, 'GET', `/killed/${key}`)).body, body);
    }
    notThere(await s3(second, 'GET', '/killed/half'), 'NoSuchKey');
    const listed = succeeded(await s3(second, 'GET', '/killed?list-type=2'));
    const keys = [...listed.body.matchAll(/<Key>([^<]*)/g)].map(([, key]) => key ?? '');
    // A put whose answer was under way when the process ended may be there too, but then it is whole.
    for (const key of keys.filter((each) => !answered.has(each))) {
      const [writer, count] = key.split('-');
      assert.equal(succeeded(await s3(second, 'GET', `/killed/${key}`)).body, `${writer} ${count} `.repeat(2_000));
    }
    assert.deepEqual(
      storedFiles(second).filter((file) => file.includes('incoming')),
      [],
    );
    const role = succeeded(await call(second, 'iam', 'GetRole', { RoleName: 'kept' }));
    assert.equal(text(role, 'RoleName'), 'kept');
    assert.ok(auditLines(second).some(({ eventName }) => eventName === 'CreateRole'));
    await assertUnharmed(second);
  } finally {
    await second.dispose();
  }
});
