/**
 * The issuer's public key as an HMAC secret: a verifier that lets the token choose the algorithm checks
 * HS256 with whatever it holds. CVE-2015-9235 and CVE-2016-10555 (Node libraries), CVE-2017-11424 and
 * CVE-2022-29217 (PyJWT), CVE-2024-33663 (python-jose).
 */
import { createHmac, createPublicKey, sign } from 'node:crypto';
import { test } from 'node:test';
import { rsaSigningKey, signingKey } from '../../src/issuers/testing/https-issuer.ts';
import { forgedToken } from './forged-token.ts';
import { besiege, ISSUER, NO_KEY, NOT_A_JWT, NOT_VALIDATED, trusting } from './siege.ts';

const siege = await besiege();

/** Everything that an attacker can make of the published key. */
function publicForms(): readonly (string | Buffer)[] {
  const key = createPublicKey(siege.key.privateKey);
  const { n = '' } = key.export({ format: 'jwk' });
  return [
    key.export({ format: 'pem', type: 'spki' }),
    key.export({ format: 'pem', type: 'spki' }).toString().trim(),
    key.export({ format: 'pem', type: 'pkcs1' }),
    key.export({ format: 'der', type: 'spki' }),
    key.export({ format: 'der', type: 'pkcs1' }),
    JSON.stringify(siege.key.jwk),
    Buffer.from(n, 'base64url'),
    n,
    'main',
    '',
  ];
}

test('HS256, HS384 and HS512 under every form of the public key are no tokens', async () => {
  await siege.letIn(siege.token());
  for (const bits of ['256', '384', '512']) {
    for (const secret of publicForms()) {
      const header = { typ: 'JWT', alg: `HS${bits}`, kid: 'main' };
      const forged = forgedToken(header, siege.claims(), (input) =>
        createHmac(`sha${bits}`, secret).update(input).digest(),
      );
      await siege.refused(forged, NOT_A_JWT);
    }
  }
});

test('the HMAC under the name of RS256 does not verify', async () => {
  for (const secret of publicForms()) {
    const forged = forgedToken({ alg: 'RS256', kid: 'main' }, siege.claims(), (input) =>
      createHmac('sha256', secret).update(input).digest(),
    );
    await siege.refused(forged, NOT_VALIDATED);
  }
});

test('a key is used for its own family and padding only: RSA is not EC, PKCS #1 is not PSS', async () => {
  const url = 'https://two-families.example';
  const issuer = await siege.issuer(url);
  const [rsa, ec] = [rsaSigningKey('rsa'), signingKey('ec')];
  issuer.serve([rsa, ec]);
  await siege.provider(url);
  await siege.role('two-families', url, trusting(url));
  const iss = { iss: url };
  await siege.letIn(siege.token(iss, { kid: 'rsa' }, rsa), 'two-families');
  await siege.letIn(siege.token(iss, { kid: 'ec', alg: 'ES256' }, ec), 'two-families');
  await siege.refused(siege.token(iss, { kid: 'ec', alg: 'RS256' }, ec), NO_KEY, 'two-families');
  await siege.refused(siege.token(iss, { kid: 'rsa', alg: 'ES256' }, rsa), NO_KEY, 'two-families');
  await siege.refused(siege.token(iss, { kid: 'ec', alg: 'ES384' }, ec), NOT_VALIDATED, 'two-families');
  const pss = forgedToken({ alg: 'RS256', kid: 'main' }, siege.claims({ iss: ISSUER }), (input) =>
    sign('sha256', input, { key: siege.key.privateKey, padding: 6, saltLength: 32 }),
  );
  await siege.refused(pss, NOT_VALIDATED);
});
