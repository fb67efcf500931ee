/**
 * An `iss` that looks like a registered one. CVE-2025-30144 (fast-jwt took a list with the right issuer
 * in it), and every prefix match ever written. AWS compares the text (reference aws-federation 2): case,
 * slash and port count. Whoever is not registered is not even asked for keys.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rsaSigningKey } from '../../src/issuers/testing/https-issuer.ts';
import { besiege, ISSUER, NOT_AUTHORIZED, trusting } from './siege.ts';

const siege = await besiege();
const forger = rsaSigningKey('main');
const evil = await siege.issuer('https://evil.example');
evil.serve([forger]);

test('text that differs in anything is another issuer, and nobody is asked about it', async () => {
  await siege.letIn(siege.token());
  const looked = siege.lookedUp.length;
  for (const iss of [
    `${ISSUER}/`,
    `${ISSUER}//`,
    `${ISSUER}:443`,
    `${ISSUER}.`,
    `${ISSUER}?`,
    `${ISSUER}#`,
    `${ISSUER}/.`,
    `${ISSUER}/x/..`,
    `${ISSUER} `,
    ` ${ISSUER}`,
    `${ISSUER}\n`,
    `${ISSUER}\u0000`,
    `${ISSUER}.evil.example`,
    `${ISSUER}@evil.example`,
    `${ISSUER}:pass@evil.example`,
    `${ISSUER}\\@evil.example`,
    'https://evil.example/issuer.example',
    'https://evil.example#issuer.example',
    'https://user@issuer.example',
    'https://ISSUER.example',
    'HTTPS://issuer.example',
    'https:/issuer.example',
    'https:///issuer.example',
    'https:issuer.example',
    'http://issuer.example',
    'issuer.example',
    '//issuer.example',
    'https://issuer%2eexample',
    // Cyrillic і and е, a full-width full stop, a soft hyphen, a joiner.
    'https://іssuer.example',
    'https://issuеr.example',
    'https://issuer．example',
    'https://iss\u00aduer.example',
    'https://issuer\u200d.example',
    'https://xn--ssuer-9rf.example',
  ]) {
    const outcome = await siege.assume(siege.token({ iss }, {}, forger));
    assert.equal(outcome.code, 'InvalidIdentityToken', iss);
    assert.match(outcome.message ?? '', /^No OpenIDConnect provider found in your account for /, iss);
  }
  assert.deepEqual(siege.lookedUp.slice(looked), []);
  assert.deepEqual(evil.asked, []);
});

test('an issuer that is a list, an object or a number is none', async () => {
  for (const iss of [[ISSUER], ['https://evil.example', ISSUER], { iss: ISSUER }, 0, true, '']) {
    await siege.refused(siege.token({ iss }), {
      code: 'InvalidIdentityToken',
      message: 'Missing a required claim: iss',
    });
  }
});

test('with and without the slash are two issuers, each with its own keys and its own condition keys', async () => {
  const slashed = 'https://slash.example/';
  const key = rsaSigningKey('slashed');
  (await siege.issuer(slashed)).serve([key]);
  await siege.provider(slashed);
  await siege.role('slashed', slashed, trusting(slashed));
  await siege.role('bare', slashed, trusting('https://slash.example'));
  await siege.letIn(siege.token({ iss: slashed }, { kid: 'slashed' }, key), 'slashed');
  await siege.refused(siege.token({ iss: slashed }, { kid: 'slashed' }, key), NOT_AUTHORIZED, 'bare');
  await siege.refused(siege.token({ iss: 'https://slash.example' }, { kid: 'slashed' }, key), {
    code: 'InvalidIdentityToken',
    message: 'No OpenIDConnect provider found in your account for https://slash.example',
  });
});

test('an issuer whose document names another speaks for nobody', async () => {
  const url = 'https://liar.example';
  const liar = await siege.issuer(url);
  await siege.provider(url);
  await siege.role('liar', url, trusting(url));
  for (const named of [ISSUER, `${url}/`, 'https://LIAR.example', 'liar.example', [url], null, undefined]) {
    liar.routes.set('/.well-known/openid-configuration', (_request, response) => {
      response.end(JSON.stringify({ issuer: named, jwks_uri: `${url}/jwks` }));
    });
    await siege.refused(
      siege.token({ iss: url }, {}, forger),
      {
        code: 'InvalidIdentityToken',
        message: /^Couldn't retrieve verification key/,
        detail: /another issuer|has no issuer/,
      },
      'liar',
    );
    siege.pass(11);
  }
  assert.ok(!liar.asked.includes('/jwks'));
});
