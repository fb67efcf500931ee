/**
 * Rotation under load, and an issuer that is down. Clients of AWS see "Couldn't retrieve verification key"
 * sporadically (aws-cli#7194, aws-sdk-rust#827); a verifier that asks the issuer for every token takes it
 * down with its own load, one that never asks again takes withdrawn keys for ever.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rsaSigningKey } from '../../src/issuers/testing/https-issuer.ts';
import { besiege, NO_KEY, trusting, type SiegeIssuer } from './siege.ts';

const siege = await besiege({ bounds: { staleSeconds: 600 } });
const first = rsaSigningKey('first');
const second = rsaSigningKey('second');

async function issuerNamed(name: string): Promise<SiegeIssuer> {
  const url = `https://${name}`;
  const issuer = await siege.issuer(url);
  await siege.provider(url);
  await siege.role(name, url, trusting(url));
  return issuer;
}

function fetches(issuer: SiegeIssuer): number {
  return issuer.asked.filter((path) => path === '/jwks').length;
}

test('a rotation under load loses no call: old and new tokens are let in, by one fetch', async () => {
  const issuer = await issuerNamed('rotating.example');
  const token = (key: typeof first): string => siege.token({ iss: issuer.url }, { kid: key.kid }, key);
  issuer.serve([first], 'max-age=3600');
  await siege.letIn(token(first), 'rotating.example');
  const call = async (key: typeof first): Promise<void> => void (await siege.letIn(token(key), 'rotating.example'));
  const before = Array.from({ length: 60 }, () => call(first));
  issuer.serve([second, first], 'max-age=3600');
  const during = Array.from({ length: 120 }, (_, n) => call(n % 2 === 0 ? second : first));
  await Promise.all([...before, ...during]);
  assert.equal(fetches(issuer), 2);
});

test('a withdrawn key opens nothing once the keys have aged, and a flood of its tokens is not a flood of fetches', async () => {
  const issuer = await issuerNamed('withdrawing.example');
  const stolen = siege.token({ iss: issuer.url, exp: siege.seconds() + 86_400 }, { kid: 'first' }, first);
  issuer.serve([first, second], 'max-age=60');
  await siege.letIn(stolen, 'withdrawing.example');
  issuer.serve([second], 'max-age=60');
  siege.pass(61);
  await siege.refused(stolen, NO_KEY, 'withdrawing.example');
  const asked = fetches(issuer);
  await Promise.all(Array.from({ length: 50 }, () => siege.refused(stolen, NO_KEY, 'withdrawing.example')));
  assert.equal(fetches(issuer), asked);
});

test('an issuer may not lengthen the life of its keys beyond the operator’s bound', async () => {
  const issuer = await issuerNamed('eternal.example');
  const stolen = siege.token({ iss: issuer.url, exp: siege.seconds() + 86_400 }, { kid: 'first' }, first);
  issuer.serve([first], 'public, max-age=31536000, immutable');
  await siege.letIn(stolen, 'eternal.example');
  issuer.serve([second], 'max-age=31536000');
  siege.pass(3601);
  await siege.refused(stolen, NO_KEY, 'eternal.example');
});

test('an issuer that is down: its tokens are let in while its keys may be stale, then refused, then let in again', async () => {
  const issuer = await issuerNamed('down.example');
  const token = (): string => siege.token({ iss: issuer.url }, { kid: 'first' }, first);
  issuer.serve([first], 'max-age=60');
  await siege.letIn(token(), 'down.example');
  issuer.routes.clear();
  siege.pass(61);
  await siege.letIn(token(), 'down.example');
  const state = (): string | undefined => siege.keys.snapshot().find(({ url }) => url === issuer.url)?.keys;
  assert.equal(state(), 'stale');
  const asked = issuer.asked.length;
  await Promise.all(Array.from({ length: 50 }, () => siege.letIn(token(), 'down.example')));
  assert.equal(issuer.asked.length, asked, 'a down issuer is left alone for a while');
  siege.pass(600);
  await siege.refused(token(), { ...NO_KEY, detail: /answered 404/ }, 'down.example');
  assert.equal(state(), 'none');
  issuer.serve([first], 'max-age=60');
  siege.pass(11);
  await siege.letIn(token(), 'down.example');
  assert.equal(state(), 'fresh');
});

test('unknown keys while the issuer is down are refused, and its known ones let in beside them', async () => {
  const issuer = await issuerNamed('half-down.example');
  issuer.serve([first], 'max-age=600');
  await siege.letIn(siege.token({ iss: issuer.url }, { kid: 'first' }, first), 'half-down.example');
  issuer.routes.clear();
  await siege.refused(siege.token({ iss: issuer.url }, { kid: 'second' }, second), NO_KEY, 'half-down.example');
  await siege.letIn(siege.token({ iss: issuer.url }, { kid: 'first' }, first), 'half-down.example');
  issuer.serve([first, second], 'max-age=600');
  siege.pass(31);
  await siege.letIn(siege.token({ iss: issuer.url }, { kid: 'second' }, second), 'half-down.example');
});

test('an empty key set is a fault of the issuer, not its wish: it takes no keys away', async () => {
  const issuer = await issuerNamed('emptied.example');
  issuer.serve([first], 'max-age=60');
  const token = (): string => siege.token({ iss: issuer.url }, { kid: 'first' }, first);
  await siege.letIn(token(), 'emptied.example');
  issuer.serveJwks({ keys: [] });
  siege.pass(61);
  await siege.letIn(token(), 'emptied.example');
});
