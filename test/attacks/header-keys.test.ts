/**
 * Keys that the token brings along: `jwk` (CVE-2018-0114 in Cisco's node-jose, CVE-2026-27962 in
 * Authlib), `jku` and `x5u` (URLs that the verifier would fetch: forgery and SSRF in one), `x5c`.
 * RFC 8725 section 3.10. None of them is ever read.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeIdentity } from '../../src/issuers/certificates.ts';
import { json, rsaSigningKey } from '../../src/issuers/testing/https-issuer.ts';
import { besiege, ISSUER, NO_KEY, NOT_VALIDATED, trusting } from './siege.ts';

const EVIL = 'https://evil.example';
const siege = await besiege();
const evil = await siege.issuer(EVIL);
const forger = rsaSigningKey('forger');
evil.serve([forger]);
evil.routes.set('/keys', json({ keys: [forger.jwk, { ...forger.jwk, kid: 'main' }] }));
const certificate = makeIdentity('Forger').certificate.toString('base64');

test('a key in the header is not used, under the name of a known key or of its own', async () => {
  await siege.letIn(siege.token());
  const jwk = forger.jwk;
  for (const header of [
    { jwk },
    { jwk: { ...jwk, kid: 'main' } },
    { x5c: [certificate] },
    { jwk, x5c: [certificate] },
  ]) {
    await siege.refused(siege.token({}, { ...header, kid: 'main' }, forger), NOT_VALIDATED);
    await siege.refused(siege.token({}, { ...header, kid: 'forger' }, forger), NO_KEY);
    await siege.refused(siege.token({}, { ...header, kid: undefined }, forger), NOT_VALIDATED);
  }
});

test('no URL of the header is asked: not the forger’s server, nor any name in it', async () => {
  const looked = siege.lookedUp.length;
  for (const place of [
    `${EVIL}/keys`,
    `${EVIL}/.well-known/jwks`,
    'http://169.254.169.254/',
    `${ISSUER}@evil.example/`,
  ]) {
    for (const kid of ['main', 'forger']) {
      const expected = kid === 'main' ? NOT_VALIDATED : NO_KEY;
      await siege.refused(siege.token({}, { jku: place, kid }, forger), expected);
      await siege.refused(siege.token({}, { x5u: place, kid }, forger), expected);
      await siege.refused(
        siege.token({ jku: place, jwks_uri: place }, { jku: place, x5u: place, kid }, forger),
        expected,
      );
    }
  }
  assert.deepEqual(evil.asked, []);
  assert.ok(!siege.lookedUp.slice(looked).includes('evil.example'));
});

test('the issuer’s own token may carry them: they are ignored, not obeyed', async () => {
  await siege.letIn(siege.token({}, { jku: `${EVIL}/keys`, jwk: forger.jwk, x5t: 'x', x5c: [certificate] }));
  assert.deepEqual(evil.asked, []);
});

test('a key set that is a forger’s counts for the forger’s own issuer only', async () => {
  await siege.provider(EVIL);
  await siege.role('evil', EVIL, trusting(EVIL));
  await siege.letIn(siege.token({ iss: EVIL }, { kid: 'forger' }, forger), 'evil');
  await siege.refused(siege.token({ iss: ISSUER }, { kid: 'main' }, forger), NOT_VALIDATED);
});
