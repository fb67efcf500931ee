/**
 * The header's `kid` is the attacker's word: it has been a path (`../../dev/null` with an empty HMAC
 * key), an SQL fragment and a URL in the verifiers that RFC 8725 section 3.10 was written for. Here it
 * is looked up in a map and used for nothing else. Repeated names: reference aws-federation 2.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rsaSigningKey } from '../../src/issuers/testing/https-issuer.ts';
import { besiege, NO_KEY, NOT_VALIDATED, trusting } from './siege.ts';

const siege = await besiege();

test('a kid that the issuer does not have finds no key, whatever it spells', async () => {
  await siege.letIn(siege.token());
  const kids = [
    'unknown',
    'MAIN',
    'main ',
    'main\u0000',
    '../../../../dev/null',
    "main' OR '1'='1",
    'https://evil.example/key',
    '__proto__',
    'constructor',
    'toString',
    'x'.repeat(8000),
  ];
  for (const kid of kids) await siege.refused(siege.token({}, { kid }), NO_KEY);
});

test('a flood of unknown kids asks the issuer once in half a minute', async () => {
  const url = 'https://flooded.example';
  const issuer = await siege.issuer(url);
  issuer.serve([siege.key], 'max-age=3600');
  await siege.provider(url);
  await siege.role('flooded', url, trusting(url));
  await siege.letIn(siege.token({ iss: url }), 'flooded');
  const before = issuer.asked.length;
  const flood = Array.from({ length: 150 }, (_, n) =>
    siege.assume(siege.token({ iss: url }, { kid: `k${n}` }), 'flooded'),
  );
  for (const outcome of await Promise.all(flood)) assert.equal(outcome.message, NO_KEY.message);
  assert.equal(issuer.asked.length - before, 2, 'one discovery document and one key set');
});

test('of two keys with one name the later counts, and only it', async () => {
  const url = 'https://twins.example';
  const [first, second] = [rsaSigningKey('twin'), rsaSigningKey('twin')];
  (await siege.issuer(url)).serve([first, second]);
  await siege.provider(url);
  await siege.role('twins', url, trusting(url));
  await siege.letIn(siege.token({ iss: url }, { kid: 'twin' }, second), 'twins');
  await siege.refused(siege.token({ iss: url }, { kid: 'twin' }, first), NOT_VALIDATED, 'twins');
});

test('without a kid, or with one that is no name, a set of several keys has no answer', async () => {
  const url = 'https://several.example';
  const [first, second] = [rsaSigningKey('a'), rsaSigningKey('b')];
  (await siege.issuer(url)).serve([first, second]);
  await siege.provider(url);
  await siege.role('several', url, trusting(url));
  await siege.letIn(siege.token({ iss: url }, { kid: 'a' }, first), 'several');
  for (const kid of [undefined, '', null, 0, ['a'], { a: 'a' }]) {
    await siege.refused(siege.token({ iss: url }, { kid }, first), NO_KEY, 'several');
  }
});
