/** Verification beside an independent implementation: jose signs what we verify and verifies what we sign. */
import assert from 'node:assert/strict';
import type { KeyObject } from 'node:crypto';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { SignJWT, compactVerify, createLocalJWKSet, jwtVerify } from 'jose';
import { importKeySet } from './key-set.ts';
import { signToken } from './mint.ts';
import { verifyToken } from './verify.ts';

const NOW = 1_789_123_721;
const CLAIMS = { iss: 'https://issuer.example.com', sub: 'subject', aud: 'client', iat: NOW, exp: NOW + 300 };
const RULES = { now: NOW, clientIds: ['client'] };

const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const PRIVATE_KEYS: readonly (readonly [string, KeyObject])[] = [
  ['RS256', RSA],
  ['RS384', RSA],
  ['RS512', RSA],
  ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey],
  ['ES384', generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey],
  ['ES512', generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey],
];

const publicJwk = (key: KeyObject, kid: string): Record<string, unknown> => ({
  ...createPublicKey(key).export({ format: 'jwk' }),
  kid,
});
const JWKS = { keys: PRIVATE_KEYS.map(([alg, key]) => publicJwk(key, alg)) };
const KEYS = importKeySet(JWKS);
assert.ok(KEYS);
const keys = KEYS;

for (const [alg, key] of PRIVATE_KEYS) {
  test(`${alg}: a token that jose signed is verified, with a bit turned it is not`, async () => {
    const token = await new SignJWT(CLAIMS).setProtectedHeader({ alg, kid: alg }).sign(key);
    assert.equal(verifyToken(token, { ...RULES, keys }).kind, 'verified');
    const turned = token.replace(
      /(.)(.{9})$/,
      (_, letter: string, rest: string) => (letter === 'A' ? 'B' : 'A') + rest,
    );
    assert.equal(verifyToken(turned, { ...RULES, keys }).kind, 'failure');
  });

  test(`${alg}: jose verifies what is signed here, and not with another key`, async () => {
    const token = signToken({ typ: 'JWT', alg, kid: alg }, CLAIMS, key);
    const set = createLocalJWKSet({
      keys: [{ ...JWKS.keys.find((jwk) => jwk['kid'] === alg), kty: alg.startsWith('RS') ? 'RSA' : 'EC' }],
    });
    const { payload, protectedHeader } = await jwtVerify(token, set, { currentDate: new Date(NOW * 1000) });
    assert.deepEqual(payload, CLAIMS);
    assert.deepEqual(protectedHeader, { typ: 'JWT', alg, kid: alg });
    const [, other] = PRIVATE_KEYS.find(([name]) => name !== alg && name[0] !== alg[0]) ?? [];
    assert.ok(other);
    await assert.rejects(compactVerify(token, createPublicKey(other)));
  });
}

test('a key on another curve is refused for its curve, before any signature is tried', () => {
  const p384 = PRIVATE_KEYS[4]?.[1] ?? RSA;
  const token = signToken({ alg: 'ES384', kid: 'ES384' }, CLAIMS, p384);
  const claimed = Buffer.from('{"alg":"ES256","kid":"ES384"}').toString('base64url');
  const result = verifyToken(token.replace(/^[^.]*/, claimed), { ...RULES, keys });
  assert.equal(result.kind, 'failure');
  assert.match(result.detail, /another curve/);
});

test('jose and we agree on every token whose text was changed anywhere', async () => {
  const token = signToken({ alg: 'ES256', kid: 'ES256' }, CLAIMS, PRIVATE_KEYS[3]?.[1] ?? RSA);
  const publicKey = createPublicKey(PRIVATE_KEYS[3]?.[1] ?? RSA);
  await fc.assert(
    fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom(...'AZaz09-_.'), async (at, letter) => {
      const changed = token.slice(0, at) + letter + token.slice(at + 1);
      const ours = verifyToken(changed, { ...RULES, keys }).kind;
      const theirs = await compactVerify(changed, publicKey).then(
        () => 'verified',
        () => 'failure',
      );
      // We refuse more: text that is not the canonical base64url of its bytes.
      if (ours === 'verified') assert.equal(theirs, 'verified');
      if (changed !== token) assert.equal(ours, 'failure');
    }),
    { numRuns: 60 },
  );
});

test('no claims at all make verification throw, and nothing unregistered gets through', () => {
  const key = PRIVATE_KEYS[3]?.[1] ?? RSA;
  const time = fc.oneof(fc.constant(NOW), fc.jsonValue());
  const claims = fc.record(
    {
      iss: fc.jsonValue(),
      sub: fc.jsonValue(),
      aud: fc.jsonValue(),
      azp: fc.jsonValue(),
      iat: time,
      exp: time,
      nbf: time,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(claims, (some) => {
      const result = verifyToken(signToken({ alg: 'ES256', kid: 'ES256' }, some, key), { ...RULES, keys });
      if (result.kind === 'verified') assert.equal(result.audience, 'client');
    }),
    { numRuns: 200 },
  );
});

test('one clock decides for every moment: accepted exactly while the three limits hold', () => {
  const key = PRIVATE_KEYS[3]?.[1] ?? RSA;
  const near = fc.integer({ min: -310, max: 310 });
  fc.assert(
    fc.property(near, near, near, (iat, nbf, exp) => {
      const claims = { ...CLAIMS, iat: NOW + iat, nbf: NOW + nbf, exp: NOW + exp };
      const result = verifyToken(signToken({ alg: 'ES256', kid: 'ES256' }, claims, key), { ...RULES, keys });
      assert.equal(result.kind === 'verified', iat <= 300 && nbf <= 300 && exp > -300);
    }),
    { numRuns: 200 },
  );
});
