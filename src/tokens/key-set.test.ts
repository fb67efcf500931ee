import assert from 'node:assert/strict';
import { X509Certificate, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import type { KeySet } from './key-set.ts';
import { importKeySet } from './key-set.ts';

const PEM = readFileSync(join(import.meta.dirname, '../../test/cases/tokens/certificate.pem'), 'utf8');
const CERTIFICATE = new X509Certificate(PEM);
const CERTIFIED = CERTIFICATE.publicKey.export({ format: 'jwk' });
const X5C = [CERTIFICATE.raw.toString('base64')];
const OTHER = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });

test('what is no key set is none, and an empty one is empty', () => {
  for (const text of ['null', '[]', '"keys"', '{}', '{"keys":{}}', '{"keys":"x"}']) {
    assert.equal(importKeySet(JSON.parse(text)), undefined, text);
  }
  assert.equal(importKeySet({ keys: [] })?.size, 0);
});

test('x5c that agrees with n and e leaves the key usable; of another key it does not; alone it is no key', () => {
  assert.ok('key' in found({ ...CERTIFIED, kid: 'a', x5c: X5C }));
  assert.ok('message' in found({ ...OTHER, kid: 'a', x5c: X5C }));
  assert.ok('message' in found({ kty: 'RSA', kid: 'a', x5c: X5C }));
});

test('the certificates after the first are not looked at', () => {
  assert.ok('key' in found({ ...CERTIFIED, kid: 'a', x5c: [...X5C, 'AAAA'] }));
});

test('an unusable key is in the set, so that nobody fetches it again, but not among the keys', () => {
  const keys = importKeySet({ keys: [{ ...OTHER, kid: 'a', use: 'enc' }] });
  assert.equal(keys?.has('a'), true);
  assert.equal(keys?.has('b'), false);
  assert.equal(keys?.size, 1);
  assert.deepEqual(keys?.keys, []);
});

test('a modulus with leading zeros is the same key', () => {
  const padded = Buffer.concat([Buffer.alloc(3), Buffer.from(OTHER.n ?? '', 'base64url')]).toString('base64url');
  const key = found({ ...OTHER, kid: 'a', n: padded });
  assert.ok('key' in key);
  assert.equal(key.key.export({ format: 'jwk' }).n, OTHER.n);
});

test('a set of more than a thousand keys, and a kid of more than a thousand letters, are not taken', () => {
  assert.equal(importKeySet({ keys: Array.from({ length: 1_001 }, () => ({})) }), undefined);
  assert.equal(importKeySet({ keys: [{ ...OTHER, kid: 'k'.repeat(1_025) }] })?.size, 0);
});

test('no JSON at all makes the import throw', () => {
  const member = fc.oneof(fc.jsonValue(), fc.constantFrom('RSA', 'EC', 'P-256', 'AQAB', OTHER.n, X5C));
  const jwk = fc.record(
    {
      kid: fc.constant('a'),
      kty: member,
      n: member,
      e: member,
      crv: member,
      x: member,
      y: member,
      x5c: member,
      use: member,
    },
    { requiredKeys: ['kid'] },
  );
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.record({ keys: fc.array(fc.oneof(fc.jsonValue(), jwk)) })), (jwks) => {
      importKeySet(jwks);
    }),
  );
});

function found(jwk: Readonly<Record<string, unknown>>): ReturnType<KeySet['find']> {
  const keys = importKeySet({ keys: [jwk] });
  assert.ok(keys);
  return keys.find('a', 'RSA');
}
