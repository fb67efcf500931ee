/**
 * Another issuer's key, under the same name. Storm-0558 (2023): a consumer signing key was accepted for
 * enterprise tokens, because all keys were in one set. Keys belong to the issuer they were fetched from.
 */
import { test } from 'node:test';
import { rsaSigningKey } from '../../src/issuers/testing/https-issuer.ts';
import { besiege, NO_KEY, NOT_AUTHORIZED, NOT_VALIDATED, trusting } from './siege.ts';

const siege = await besiege();
const CONSUMER = 'https://login.example/consumers';
const ENTERPRISE = 'https://login.example/enterprise';
const consumer = rsaSigningKey('same');
const enterprise = rsaSigningKey('same');

test('two tenants of one host, one kid: each key opens its own tenant’s role only', async () => {
  (await siege.issuer(CONSUMER)).serve([consumer]);
  (await siege.issuer(ENTERPRISE)).serve([enterprise]);
  for (const [url, name] of [
    [CONSUMER, 'consumer'],
    [ENTERPRISE, 'enterprise'],
  ] as const) {
    await siege.provider(url);
    await siege.role(name, url, trusting(url));
  }
  const kid = { kid: 'same' };
  await siege.letIn(siege.token({ iss: CONSUMER }, kid, consumer), 'consumer');
  await siege.letIn(siege.token({ iss: ENTERPRISE }, kid, enterprise), 'enterprise');
  await siege.refused(siege.token({ iss: ENTERPRISE }, kid, consumer), NOT_VALIDATED, 'enterprise');
  await siege.refused(siege.token({ iss: CONSUMER }, kid, enterprise), NOT_VALIDATED, 'consumer');
  await siege.refused(siege.token({ iss: CONSUMER }, kid, consumer), NOT_AUTHORIZED, 'enterprise');
});

test('a key of another issuer under a name of its own is unknown', async () => {
  await siege.refused(siege.token({}, { kid: 'same' }, consumer), NO_KEY);
});
