/** Fifty clients of boto3 at once: one makes each thing, nobody's change is lost, what is written is read. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { isRecord, readDocuments } from './client-cases.ts';
import { missingPython, run } from './programs.ts';
import { startSojourn, type RunningSojourn } from './running-sojourn.ts';

const skip = missingPython('boto3');
const SCRIPT = join(import.meta.dirname, 'iam_at_once.py');
let sojourn: RunningSojourn;
let seen: Readonly<Record<string, unknown>> = {};

before(async () => {
  if (skip !== false) return;
  sojourn = await startSojourn();
  const ran = await run('python3', [SCRIPT, readDocuments()['document.githubTrust'] ?? ''], { env: sojourn.env });
  assert.equal(ran.code, 0, ran.err);
  const parsed: unknown = JSON.parse(ran.out);
  assert.ok(isRecord(parsed));
  seen = parsed;
});
after(async () => sojourn?.dispose());

test('of fifty that create one role, one does and 49 hear that it exists', { skip }, () => {
  assert.deepEqual(seen['roles'], { done: 1, '409 EntityAlreadyExists': 49 });
  assert.deepEqual(seen['sameRoles'], ['same']);
});

test('of fifty that create one user, group, policy, instance profile or provider, one does', { skip }, () => {
  const one = { done: 1, '409 EntityAlreadyExists': 49 };
  assert.deepEqual(seen['made'], { users: one, groups: one, policies: one, profiles: one, providers: one });
});

test('of 250 tags and inline policies written at once none is lost', { skip }, () => {
  assert.deepEqual(seen['edits'], { done: 250 });
  assert.deepEqual(seen['kept'], {
    'user tags': 50,
    'policy tags': 50,
    'profile tags': 50,
    'provider tags': 50,
    'user policies': 10,
    'group policies': 40,
  });
});

test('of 110 changes to one role at once none is lost', { skip }, () => {
  assert.deepEqual(seen['changes'], { done: 110 });
  const numbers = Array.from({ length: 50 }, (_, number) => number);
  assert.deepEqual(seen['tags'], Object.fromEntries(numbers.map((number) => [`k${number}`, String(number)])));
  assert.deepEqual(seen['inline'], numbers.map((number) => `p${number}`).sort());
  const attached: unknown = seen['attached'];
  assert.ok(Array.isArray(attached));
  assert.deepEqual(
    attached.sort(),
    numbers.slice(0, 10).map((number) => `m${number}`),
  );
  assert.deepEqual(
    seen['counts'],
    Array.from({ length: 10 }, () => 1),
  );
});

test('a quota holds however many ask at once', { skip }, () => {
  assert.deepEqual(seen['keys'], { done: 2, '409 LimitExceeded': 18 });
  assert.equal(seen['keyCount'], 2);
  assert.deepEqual(seen['versions'], { done: 4, '409 LimitExceeded': 16 });
  assert.deepEqual(seen['versionIds'], ['v5', 'v4', 'v3', 'v2', 'v1']);
});

test('what one client has written the next one reads', { skip }, () => {
  assert.equal(seen['stale'], 0);
});
