import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { signToken } from './mint.ts';

const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const P256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

test('members keep their order, text beyond ASCII is UTF-8', () => {
  const [header = '', payload = '', signature = ''] = signToken(
    { typ: 'JWT', alg: 'RS256', kid: 'k' },
    { b: 'é', a: 1 },
    RSA,
  ).split('.');
  assert.equal(Buffer.from(header, 'base64url').toString(), '{"typ":"JWT","alg":"RS256","kid":"k"}');
  assert.equal(Buffer.from(payload, 'base64url').toString(), '{"b":"é","a":1}');
  assert.equal(Buffer.from(signature, 'base64url').length, 256);
});

test('an algorithm that STS does not accept, or that does not fit the key, signs nothing', () => {
  for (const alg of ['none', 'HS256', 'PS256', 'toString']) assert.throws(() => signToken({ alg }, {}, RSA), TypeError);
  assert.throws(() => signToken({ alg: 'ES256' }, {}, RSA), TypeError);
  assert.throws(() => signToken({ alg: 'RS256' }, {}, P256), TypeError);
  assert.throws(() => signToken({ alg: 'ES384' }, {}, P256), TypeError);
});
