/** Fifty clients of boto3 at once on one organization: one makes the thing, limits hold, nothing is lost or left behind. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { isRecord } from './client-cases.ts';
import { missingPython, run } from './programs.ts';
import { startSojourn, type RunningSojourn } from './running-sojourn.ts';

const skip = missingPython('boto3');
const SCRIPT = join(import.meta.dirname, 'organizations', 'at-once.py');
let sojourn: RunningSojourn;
let seen: Readonly<Record<string, unknown>> = {};

before(async () => {
  if (skip !== false) return;
  sojourn = await startSojourn();
  const ran = await run('python3', [SCRIPT], { env: sojourn.env });
  assert.equal(ran.code, 0, ran.err);
  const parsed: unknown = JSON.parse(ran.out);
  assert.ok(isRecord(parsed));
  seen = parsed;
});
after(async () => sojourn?.dispose());

/** Asserts that the script saw these things. */
function saw(expected: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(expected)) assert.deepEqual(seen[name], value, name);
}

test('of fifty that make the same thing one does, and 49 hear what stands in the way', { skip }, () => {
  saw({
    organizations: { done: 1, AlreadyInOrganizationException: 49 },
    types: { done: 1, PolicyTypeAlreadyEnabledException: 49 },
    policies: { done: 1, DuplicatePolicyException: 49 },
    policyNames: ['FullAWSAccess', 'same'],
    units: { done: 1, DuplicateOrganizationalUnitException: 49 },
    unitNames: ['same'],
  });
});

test('one address makes one account, whoever asks for it at the same time', { skip }, () => {
  saw({ creations: { done: 50 }, created: { SUCCEEDED: 1, FAILED: 49 } });
});

test('attachments stay within both limits, and policy and target agree on them', { skip }, () => {
  saw({
    attachments: { done: 9, MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED: 21 },
    attached: 10,
    bothWays: true,
    detachments: { done: 9, MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED: 1 },
    left: 1,
    dangling: [],
  });
});

test('an account that fifty move at once goes to one place and stands nowhere else', { skip }, () => {
  saw({
    moves: { done: 1, SourceParentNotFoundException: 49 },
    parents: 1,
    standsIn: true,
    known: true,
    described: true,
  });
});

test('of fifty tags set at once none is lost', { skip }, () => {
  saw({ tags: { done: 50 }, tagCount: 50 });
});
