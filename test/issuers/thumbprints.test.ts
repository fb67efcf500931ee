/**
 * Thumbprints over the real API: computed from the live chain when a provider is created without, trusted
 * only where the chain ends in no trusted root, and then really compared (reference aws-federation 2, 3).
 */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { elementText } from '../../src/cli/api-client.ts';
import { makeIdentity } from '../../src/issuers/certificates.ts';
import { testIntermediate } from '../../src/issuers/testing/https-issuer.ts';
import { AUDIENCE, besiege, NO_KEY, providerArn, trusting } from '../attacks/siege.ts';

const siege = await besiege({ empty: true, bounds: { failureSeconds: 0 }, timeoutMilliseconds: 1000 });
const privateRoot = makeIdentity('Private Root', { authority: true });
const privateAuthority = makeIdentity('Private Authority', { authority: true, issuer: privateRoot });
const create = (url: string, more: Readonly<Record<string, string>> = {}) =>
  siege.iam('CreateOpenIDConnectProvider', { Url: url, 'ClientIDList.member.1': AUDIENCE, ...more });

async function storedThumbprint(url: string): Promise<string | undefined> {
  const answer = await siege.iam('GetOpenIDConnectProvider', { OpenIDConnectProviderArn: providerArn(url) });
  return elementText({ ...answer, body: elementText(answer, 'ThumbprintList') ?? '' }, 'member');
}

function thumbprintOf(pem: string): string {
  return new X509Certificate(pem).fingerprint.replaceAll(':', '').toLowerCase();
}

test('without a thumbprint the top intermediate’s of the live chain is stored', async () => {
  const url = 'https://live.example';
  (await siege.issuer(url)).serve([siege.key]);
  await create(url);
  assert.equal(await storedThumbprint(url), thumbprintOf(testIntermediate.pem));
  await siege.role('live', url, trusting(url));
  await siege.letIn(siege.token({ iss: url }), 'live');
  assert.match(siege.auditLines().at(-1) ?? '', /"identityProviderConnectionVerificationMethod":"IAMTrustStore"/);
});

test('an issuer that cannot be reached, or answers nothing in time, is stored without', async () => {
  const nobody = 'https://nobody.example';
  siege.addresses.set('nobody.example', [[]]);
  await create(nobody);
  assert.equal(await storedThumbprint(nobody), undefined);
  const silent = await siege.issuer('https://silent.example');
  silent.routes.set('/.well-known/openid-configuration', () => undefined);
  const started = performance.now();
  await create(silent.url);
  assert.ok(performance.now() - started < 3000);
  assert.equal(await storedThumbprint(silent.url), undefined);
});

test('a private chain: the thumbprint taken at creation is its trust, and another chain is refused', async () => {
  const url = 'https://private-ca.example';
  const leaf = makeIdentity('private-ca.example', { issuer: privateAuthority, hosts: ['private-ca.example'] });
  const issuer = await siege.issuer(url, leaf);
  issuer.serve([siege.key], 'max-age=60');
  await create(url);
  assert.equal(await storedThumbprint(url), thumbprintOf(privateAuthority.pem));
  await siege.role('private-ca', url, trusting(url));
  await siege.letIn(siege.token({ iss: url }), 'private-ca');
  assert.match(siege.auditLines().at(-1) ?? '', /"identityProviderConnectionVerificationMethod":"Thumbprint"/);
  await siege.iam('UpdateOpenIDConnectProviderThumbprint', {
    OpenIDConnectProviderArn: providerArn(url),
    'ThumbprintList.member.1': thumbprintOf(privateRoot.pem),
  });
  // The root itself is not sent by the server: its thumbprint speaks for nothing.
  await siege.refused(
    siege.token({ iss: url }),
    {
      code: 'InvalidIdentityToken',
      message: "OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint",
    },
    'private-ca',
  );
});

test('a private chain and no thumbprint: no trust at all', async () => {
  const url = 'https://untrusted.example';
  const leaf = makeIdentity('untrusted.example', { issuer: privateAuthority, hosts: ['untrusted.example'] });
  const issuer = await siege.issuer(url, leaf);
  await create(url);
  assert.equal(await storedThumbprint(url), undefined, 'it served no keys yet');
  issuer.serve([siege.key]);
  await siege.role('untrusted', url, trusting(url));
  await siege.refused(siege.token({ iss: url }), { ...NO_KEY, detail: /ends in no trusted root/ }, 'untrusted');
});

test('a second creation asks nobody', async () => {
  const issuer = await siege.issuer('https://twice.example');
  issuer.serve([siege.key]);
  await create(issuer.url);
  const asked = issuer.asked.length;
  await assert.rejects(create(issuer.url), /EntityAlreadyExists/);
  assert.equal(issuer.asked.length, asked);
});
