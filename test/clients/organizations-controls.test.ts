/**
 * Control policies as clients meet them: boto3 makes an organization, lives in its member account, and sees
 * each call allowed before a policy binds, refused or not while it does, and allowed when it is taken off.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { isRecord } from './client-cases.ts';
import { missingPython, run } from './programs.ts';
import { SOJOURN, startSojourn, type RunningSojourn } from './running-sojourn.ts';

const skip = missingPython('boto3');
const SCRIPT = join(import.meta.dirname, 'organizations', 'controls.py');
const REFUSED_TOKEN = 'Not authorized to perform sts:AssumeRoleWithWebIdentity';

let sojourn: RunningSojourn;
let steps: Readonly<Record<string, unknown>> = {};

before(async () => {
  if (skip !== false) return;
  sojourn = await startSojourn();
  const tokens = await Promise.all([
    mintedToken(sojourn, 'github', ['--repository', 'my-org/my-repo', '--environment', 'staging']),
    mintedToken(sojourn, 'github', ['--repository', 'my-org/my-repo', '--environment', 'production']),
    mintedToken(sojourn, 'buildkite', ['--branch', 'main']),
    mintedToken(sojourn, 'buildkite', ['--branch', 'feature']),
  ]);
  const ran = await run('python3', [SCRIPT, ...tokens], { env: sojourn.env });
  assert.equal(ran.code, 0, ran.err);
  const parsed: unknown = JSON.parse(ran.out);
  assert.ok(isRecord(parsed));
  steps = parsed;
});
after(async () => sojourn?.dispose());

test('a resource control policy tells jobs apart by a claim that only their provider has', { skip }, () => {
  assert.deepEqual(refusedCalls('environment'), ['github staging']);
  assert.deepEqual(refusedCalls('branch'), ['buildkite feature']);
  assert.equal(outcome('environment', 'github staging'), `AccessDenied: ${REFUSED_TOKEN}`);
});

test('it binds with the next call: attached, changed, moved away from and come back to', { skip }, () => {
  const denied = `AccessDenied: ${REFUSED_TOKEN}`;
  assert.equal(steps['attached'], denied);
  assert.deepEqual(steps['updated'], ['allowed', denied]);
  assert.deepEqual([steps['moved away'], steps['moved back']], ['allowed', denied]);
});

test(
  'it binds who assumes a role of a member, with tags or without; the management account’s roles are free',
  { skip },
  () => {
    assert.deepEqual(refusedCalls('tag session'), ['tagged']);
    assert.match(outcome('tag session', 'tagged'), /^AccessDenied: .* perform: sts:TagSession on resource: /);
    assert.deepEqual(refusedCalls('assume role'), ['plain', 'tagged']);
  },
);

test(
  'it binds who reads a member’s bucket, wherever they come from; the management account’s are free',
  { skip },
  () => {
    const readers = ['job', 'administrator of the member', 'management', 'anonymous'];
    assert.deepEqual(refusedCalls('reads'), readers);
    assert.match(outcome('reads', 'job'), /with an explicit deny in a resource control policy/);
    assert.match(outcome('reads', 'anonymous'), /<Message>Access Denied<\/Message>/);
    assert.deepEqual(refusedCalls('outsiders'), ['anonymous']);
  },
);

test('a service control policy binds a member’s sessions and principals, and no job that comes in', { skip }, () => {
  assert.deepEqual(refusedCalls('writes'), ['job', 'administrator of the member']);
  assert.match(outcome('writes', 'job'), /with an explicit deny in a service control policy/);
  assert.deepEqual(refusedCalls('only s3'), ['roles']);
  assert.match(outcome('only s3', 'roles'), /because no service control policy allows the iam:ListRoles action/);
  assert.equal(steps['again'], 'allowed');
});

test('nothing of a closed account is allowed', { skip }, () => {
  assert.deepEqual(refusedCalls('closed'), ['come in', 'read', 'enter']);
});

/** Outcomes of a step's calls, by their names. */
function step(name: string): Readonly<Record<string, unknown>> {
  const calls = steps[name];
  assert.ok(isRecord(calls), `there is no step ${name}`);
  return calls;
}

/** The calls of a step that were refused, whatever with. */
function refusedCalls(name: string): readonly string[] {
  return Object.entries(step(name)).flatMap(([call, told]) => (told === 'allowed' ? [] : [call]));
}

function outcome(name: string, call: string): string {
  return String(step(name)[call]);
}

/** A token of the development issuer for STS. */
async function mintedToken(of: RunningSojourn, provider: string, job: readonly string[]): Promise<string> {
  const args = ['token', provider, ...job, '--audience', 'sts.amazonaws.com', '--data', of.data];
  const ran = await run(SOJOURN, args, { env: process.env });
  assert.equal(ran.code, 0, ran.err);
  return ran.out.trim();
}
