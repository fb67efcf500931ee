import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { test } from 'node:test';
import { ServiceError } from '../base/service-error.ts';
import { packedPolicySize, type SessionPolicies } from './session-limits.ts';

const NO_POLICIES: SessionPolicies = { policy: undefined, policyArns: [] };

/** Tags of 128 letters each, of which half do not pack. */
function tags(count: number): { readonly Key: string; readonly Value: string }[] {
  return Array.from({ length: count }, (_, n) => ({ Key: `key-${n}`, Value: hash('sha512', `${n}`) }));
}

test('nothing packs to nothing; a web identity packs its subject, as recorded', () => {
  assert.equal(packedPolicySize(NO_POLICIES, [], undefined), 0);
  const recorded = [
    [0, 24],
    [1, 24],
    [13, 25],
    [300, 34],
  ] as const;
  for (const [length, percent] of recorded)
    assert.equal(packedPolicySize(NO_POLICIES, [], 'x'.repeat(length)), percent);
});

test('more tags take more; what does not fit names the tags, or the policy when there are none', () => {
  const one = packedPolicySize(NO_POLICIES, tags(1), undefined);
  const twenty = packedPolicySize(NO_POLICIES, tags(20), undefined);
  assert.ok(0 < one && one < twenty && twenty <= 100, `${one} ${twenty}`);
  refused(NO_POLICIES, tags(50), /^Packed size of session tags consumes 1\d\d% of allotted space\.$/);
  const policyArns = tags(50).map(({ Value }) => `arn:aws:iam::000000000000:policy/${Value}`);
  refused({ policy: undefined, policyArns }, [], /^Packed size of policy consumes 1\d\d% of allotted space\.$/);
});

function refused(policies: SessionPolicies, sent: ReturnType<typeof tags>, sentence: RegExp): void {
  assert.throws(
    () => packedPolicySize(policies, sent, undefined),
    (error: unknown) => {
      assert.ok(error instanceof ServiceError);
      assert.deepEqual([error.code, error.status], ['PackedPolicyTooLarge', 400]);
      assert.match(error.message, sentence);
      return true;
    },
  );
}
