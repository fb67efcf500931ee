/** Runs the provider cases of this folder: each a sentence, its source, and what the profile must say. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { conditionKeys } from '../../../src/idp/condition-keys.ts';
import { profileNamed, profileOf } from '../../../src/idp/profiles.ts';
import { requiredKeys, sharedProviderOf, sharedProviderRefusal } from '../../../src/idp/shared-providers.ts';

interface Case {
  readonly name: string;
  readonly source: string;
  readonly issuer: string;
  // kind conditionKeys
  readonly claims: Readonly<Record<string, unknown>>;
  readonly entries: readonly unknown[];
  readonly carried: Readonly<Record<string, unknown>>;
  // kind jobs: claims that must be as given (null: absent), or a part of the sentence why not
  readonly provider: string;
  readonly options: Readonly<Record<string, string | true>>;
  readonly audience?: string;
  readonly impossible?: string;
  // kind issuers
  readonly profile: string;
  // kind sharedProviders
  readonly keys: readonly string[];
  readonly refusal?: string;
}

interface CaseFile {
  readonly kind: 'conditionKeys' | 'jobs' | 'issuers' | 'sharedProviders';
  readonly about: string;
  readonly cases: readonly Case[];
}

const MOMENT = { now: 1_632_493_567, jti: '6f4762ed-0758-4ccb-808d-ee3af5d723a8' };

for (const name of readdirSync(import.meta.dirname).filter((file) => file.endsWith('.json'))) {
  const file: CaseFile = JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8'));
  describe(`${name}: ${file.about}`, () => {
    for (const one of file.cases) test(`${one.name} [${one.source}]`, () => run(file.kind, one));
  });
}

function runConditionKeys(one: Case): void {
  const { entries, contextEntries, carried } = conditionKeys(one.issuer, one.claims);
  assert.deepEqual({ entries, carried }, { entries: one.entries, carried: one.carried });
  assert.deepEqual(
    contextEntries,
    entries.map(([key, value]) => [key.toLowerCase(), value]),
  );
}

function run(kind: CaseFile['kind'], one: Case): void {
  switch (kind) {
    case 'conditionKeys':
      return runConditionKeys(one);
    case 'jobs':
      return runJob(one);
    case 'issuers':
      return assert.equal(profileOf(one.issuer).name, one.profile);
    case 'sharedProviders':
      return runSharedProvider(one);
    default:
      kind satisfies never;
  }
}

function runJob(one: Case): void {
  const minted = profileNamed(one.provider)?.mint(one.options, { ...MOMENT, audience: one.audience });
  assert.ok(minted);
  if (one.impossible !== undefined) {
    assert.equal(minted.kind, 'impossible');
    assert.ok(minted.why.includes(one.impossible), minted.why);
    return;
  }
  assert.equal(minted.kind, 'claims', JSON.stringify(minted));
  for (const [claim, value] of Object.entries(one.claims)) assert.deepEqual(minted.claims[claim] ?? null, value, claim);
}

function runSharedProvider(one: Case): void {
  const provider = sharedProviderOf(one.issuer);
  if (one.keys.length === 0) return assert.equal(provider, undefined);
  assert.ok(provider);
  assert.deepEqual(requiredKeys(provider, one.issuer), one.keys);
  if (one.refusal === undefined) return;
  const arn = `arn:aws:iam::123456789012:oidc-provider/${one.issuer}`;
  assert.equal(sharedProviderRefusal(provider, one.issuer, arn), one.refusal);
}
