/**
 * The verifier as a way into its own network (SSRF). Whoever may register a provider, or runs a registered
 * issuer, chooses where the server's next request goes: to the metadata address that gave Capital One's
 * attacker her credentials (2019), to loopback, to a name that changes its address between check and use
 * (DNS rebinding), or anywhere by a redirect.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, test } from 'node:test';
import { redirect } from '../../src/issuers/testing/https-issuer.ts';
import { besiege, ISSUER, NO_KEY, roleArn, trusting, type SiegeIssuer } from './siege.ts';

const siege = await besiege({ bounds: { failureSeconds: 0 }, timeoutMilliseconds: 3000 });
/** A server of the own network: it must never see a connection. */
let connections = 0;
const canary = createServer((socket) => {
  connections++;
  socket.destroy();
});
await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
after(() => canary.close());
const address = canary.address();
const canaryPort = typeof address === 'object' && address !== null ? address.port : 0;

let count = 0;
async function issuerNamed(
  name = `issuer-${++count}.example`,
): Promise<{ readonly url: string; readonly issuer: SiegeIssuer }> {
  const url = `https://${name}`;
  const issuer = await siege.issuer(url);
  issuer.serve([siege.key]);
  await siege.provider(url);
  await siege.role(name, url, trusting(url));
  return { url, issuer };
}

test('a name that resolves into a private, loopback, link-local or metadata range is not connected to', async () => {
  const { url, issuer } = await issuerNamed('private.example');
  for (const place of [
    '127.0.0.2',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '169.254.169.254',
    '168.63.129.16',
    '0.0.0.0',
    '224.0.0.1',
    '::1',
    '::',
    'fe80::1',
    'fd00:ec2::254',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
    '2002:a00:1::',
  ]) {
    siege.addresses.set('private.example', [[place]]);
    await siege.refused(siege.token({ iss: url }), { ...NO_KEY, detail: /which is refused/ }, 'private.example');
  }
  assert.deepEqual(issuer.asked, []);
});

test('one good address beside a private one gives no choice', async () => {
  const { url, issuer } = await issuerNamed('mixed.example');
  for (const list of [
    ['127.0.0.1', '169.254.169.254'],
    ['10.0.0.1', '127.0.0.1'],
  ]) {
    siege.addresses.set('mixed.example', [list]);
    await siege.refused(siege.token({ iss: url }), { ...NO_KEY, detail: /which is refused/ }, 'mixed.example');
  }
  assert.deepEqual(issuer.asked, []);
});

test('rebinding: a name is resolved once a request, and the connection goes where the check looked', async () => {
  const { url } = await issuerNamed('rebinding.example');
  // Good at the first question, private at every further one: the second belongs to the key set.
  siege.addresses.set('rebinding.example', [['127.0.0.1'], ['169.254.169.254']]);
  await siege.refused(
    siege.token({ iss: url }),
    { ...NO_KEY, detail: /169\.254\.169\.254, which is refused/ },
    'rebinding.example',
  );
  assert.equal(siege.lookedUp.filter((host) => host === 'rebinding.example').length, 2);
});

test('a provider whose URL is an address is checked like a name: Node asks no resolver for it', async () => {
  for (const host of ['169.254.169.254', '10.0.0.1', '2852039166', '0xa.0.0.1', '10.1', '127.2']) {
    const url = `https://${host}`;
    await siege.provider(url);
    await siege.role(`at-${host}`, url, trusting(url));
    await siege.refused(siege.token({ iss: url }), { ...NO_KEY, detail: /which is refused/ }, roleArn(`at-${host}`));
  }
});

test('every redirect is checked: http, private places, names that resolve there, users in URLs, endless ones', async () => {
  const { url, issuer } = await issuerNamed('redirecting.example');
  siege.addresses.set('inside.example', [['10.0.0.1']]);
  const document = '/.well-known/openid-configuration';
  for (const [location, why] of [
    [`http://127.0.0.1:${canaryPort}/`, /is not https/],
    [`http://redirecting.example${document}`, /is not https/],
    ['https://169.254.169.254/latest/meta-data/', /which is refused/],
    ['https://2852039166/', /which is refused/],
    ['https://[::ffff:169.254.169.254]/', /which is refused/],
    ['https://[::1]/', /which is refused/],
    ['https://inside.example/', /which is refused/],
    [`https://user:password@redirecting.example${document}`, /holds a user/],
    ['file:///etc/passwd', /is not https/],
    ['gopher://127.0.0.1/', /is not https/],
    ['data:application/json,{}', /is not https/],
    ['javascript:1', /is not https/],
    [document, /redirects more than 5 times/],
    ['', /redirects more than 5 times/],
    ['https://[', /redirects to nowhere/],
    [`https://redirecting.example/${'x'.repeat(4000)}`, /too long/],
  ] as const) {
    issuer.routes.set(document, redirect(location));
    await siege.refused(siege.token({ iss: url }), { ...NO_KEY, detail: why }, 'redirecting.example');
  }
});

test('the document decides no more than a redirect does: jwks_uri is checked the same way', async () => {
  const { url, issuer } = await issuerNamed('pointing.example');
  for (const [jwksUri, why] of [
    [`http://127.0.0.1:${canaryPort}/jwks`, /is not an https URL/],
    ['https://169.254.169.254/jwks', /which is refused/],
    ['https://inside.example/jwks', /which is refused/],
    ['file:///etc/passwd', /is not an https URL/],
    ['//127.0.0.1/', /is not an https URL/],
    [['https://pointing.example/jwks'], /is not an https URL/],
    [null, /is not an https URL/],
    ['https://user@pointing.example/jwks', /holds a user/],
  ] as const) {
    issuer.routes.set('/.well-known/openid-configuration', (_request, response) => {
      response.end(JSON.stringify({ issuer: url, jwks_uri: jwksUri }));
    });
    await siege.refused(siege.token({ iss: url }), { ...NO_KEY, detail: why }, 'pointing.example');
  }
});

test('a redirect to a good place is followed: to another https host that serves the keys', async () => {
  const { url, issuer } = await issuerNamed('moved.example');
  const elsewhere = await siege.issuer('https://elsewhere.example');
  elsewhere.serve([siege.key]);
  issuer.routes.set('/jwks', redirect('https://elsewhere.example/jwks', 307));
  await siege.letIn(siege.token({ iss: url }), 'moved.example');
});

test('nothing of the own network was connected to', async () => {
  assert.equal(connections, 0);
  await siege.letIn(siege.token({ iss: ISSUER }));
});
