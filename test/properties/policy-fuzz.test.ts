/** A short run of the policy fuzzer; the long one is `node scripts/fuzz-policy.ts`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzzPolicies } from '../../scripts/fuzz-policy.ts';

test('20,000 random and mutated documents: no crash, no disagreement, none over 10 ms', () => {
  const report = fuzzPolicies(20_000, 20_260_203);
  assert.ok(report.policies > 5_000, `only ${report.policies} of the documents were policies`);
  assert.ok(report.allowed > 200, `only ${report.allowed} requests were allowed`);
});
