/** What holds for every profile, whichever it is. */
import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { importKeySet } from '../tokens/key-set.ts';
import { signToken } from '../tokens/mint.ts';
import { verifyToken } from '../tokens/verify.ts';
import { conditionKeys, keysOfIssuer } from './condition-keys.ts';
import type { MintOptions } from './profile.ts';
import { PROFILES, profileNamed, profileOf } from './profiles.ts';

const NOW = 1_789_123_721;
const MOMENT = { now: NOW, audience: undefined, jti: '6f4762ed-0758-4ccb-808d-ee3af5d723a8' };
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwk = { ...createPublicKey(privateKey).export({ format: 'jwk' }), kty: 'EC', kid: 'k' };

test('the generic profile stands last and takes every issuer; names are different', () => {
  assert.equal(PROFILES.at(-1)?.name, 'generic');
  assert.equal(new Set(PROFILES.map((profile) => profile.name)).size, PROFILES.length);
  fc.assert(fc.property(fc.string(), (issuer) => assert.ok(PROFILES.includes(profileOf(issuer)))));
  assert.equal(profileNamed('toString'), undefined);
});

for (const profile of PROFILES) {
  test(`${profile.name}: a job without options gets a token that jose and STS's rules accept`, async () => {
    const minted = profile.mint({}, MOMENT);
    assert.equal(minted.kind, 'claims', JSON.stringify(minted));
    assert.equal(minted.claims['iss'], profile.issuer({}));
    assert.deepEqual([minted.claims['aud']].flat(), [profile.defaultAudience({})]);
    const token = signToken({ typ: 'JWT', alg: 'ES256', kid: 'k' }, minted.claims, privateKey);
    const { payload } = await jwtVerify(token, createLocalJWKSet({ keys: [jwk] }), {
      currentDate: new Date(NOW * 1000),
    });
    assert.deepEqual(payload, minted.claims);
    const keys = importKeySet({ keys: [jwk] });
    assert.ok(keys);
    const verified = verifyToken(token, { now: NOW, clientIds: 'any', keys });
    assert.equal(verified.kind, 'verified', JSON.stringify(verified));
  });

  test(`${profile.name}: the profile finds its own issuer again`, () => {
    assert.equal(profileOf(profile.issuer({}).replace('https://', '')).name, profile.name);
  });

  test(`${profile.name}: the same job has the same claims; another moment changes only times and ids of the moment`, () => {
    assert.deepEqual(profile.mint({}, MOMENT), profile.mint({}, MOMENT));
  });

  test(`${profile.name}: every option's example is taken, an unknown option is not`, () => {
    for (const option of profile.options) {
      assert.match(option.name, /^[a-z][a-z-]*$/);
      const options: MintOptions = { [option.name]: option.flag ?? option.example };
      const minted = profile.mint(options, MOMENT);
      // Some options go with others; then the sentence says with which.
      if (minted.kind === 'impossible') assert.match(minted.why, /--|pull requests|token lacks/);
    }
    assert.equal(profile.mint({ 'no-such-option': 'x' }, MOMENT).kind, 'impossible');
  });

  test(`${profile.name}: whatever the options hold, a sentence or claims come back`, () => {
    const value = fc.oneof(
      fc.string(),
      fc.constant(true as const),
      fc.constantFrom('main', 'refs/heads/main', '1', 'a/b', 'push'),
    );
    const names = profile.options.map((option) => option.name);
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value), (options) => {
        const minted = profile.mint(options, MOMENT);
        if (minted.kind === 'impossible') assert.ok(minted.why.length > 10);
        else assert.equal(typeof minted.claims['sub'], 'string');
      }),
      { numRuns: 60 },
    );
  });
}

test('no claim outside the lists ever becomes a condition key, whatever the token holds', () => {
  const issuers = PROFILES.map((profile) => profile.issuer({}).replace('https://', ''));
  const names = issuers.flatMap((issuer) =>
    keysOfIssuer(issuer).flatMap((key) => key.claim.map((path) => path[0] ?? '')),
  );
  const claims = fc.dictionary(fc.oneof(fc.string(), fc.constantFrom(...names)), fc.jsonValue());
  fc.assert(
    fc.property(fc.constantFrom(...issuers), claims, (issuer, some) => {
      const { entries, carried } = conditionKeys(issuer, some);
      const allowed = new Set(keysOfIssuer(issuer).map((key) => `${issuer}:${key.key}`));
      for (const [key, value] of entries) {
        assert.ok(allowed.has(key), key);
        for (const text of [value].flat()) assert.equal(typeof text, 'string');
      }
      for (const key of Object.keys(carried)) assert.match(key, /:(aud|sub|amr)$/);
    }),
  );
});

test('what the help shows as an example of an option is accepted: alone, or with the option that it belongs to', () => {
  const together: Readonly<Record<string, MintOptions>> = {
    'enterprise-id': { enterprise: 'avocado-corp' },
    'base-ref': { event: 'pull_request' },
    zone: { instance: 'runner-1' },
    'project-id': { instance: 'runner-1' },
    'environment-protected': { environment: 'production' },
    'deployment-tier': { environment: 'production' },
    'aws-session-tag': { claim: 'pipeline_id' },
    'subject-claim': { claim: 'pipeline_id' },
  };
  for (const profile of PROFILES) {
    for (const { name, example, flag } of profile.options) {
      const known = Object.entries(together[name] ?? {}).filter(([other]) =>
        profile.options.some((option) => option.name === other),
      );
      const options: MintOptions = { ...Object.fromEntries(known), [name]: flag === true ? true : example };
      const minted = profile.mint(options, { now: 0, audience: undefined, jti: 'x' });
      assert.equal(
        minted.kind,
        'claims',
        `${profile.name} --${name}: ${minted.kind === 'impossible' ? minted.why : ''}`,
      );
    }
  }
});
