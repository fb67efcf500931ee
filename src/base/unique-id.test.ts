import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { parseAccountId } from './arn.ts';
import { accountOfId, makeUniqueId } from './unique-id.ts';

const random = { bytes: (n: number): Uint8Array => randomBytes(n) };

test('a key id and a role id of one live CloudTrail record name the same account (aws-federation 7.2)', () => {
  assert.equal(accountOfId('ASIA3ISBVQKHJOCMRQJH'), '774305579662');
  assert.equal(accountOfId('AROA3ISBVQKHLCPMWHJG5'), '774305579662');
});

test('an id made here carries its account, also one that starts with zeros', () => {
  for (const text of ['000000000000', '000000000001', '999999999999', '123456789012']) {
    const account = parseAccountId(text);
    assert.ok(account);
    const key = makeUniqueId('ASIA', account, random);
    assert.match(key, /^ASIA[A-Z2-7]{16}$/);
    assert.equal(accountOfId(key), text);
    assert.match(makeUniqueId('AROA', account, random), /^AROA[A-Z2-7]{17}$/);
  }
});

test('old-style and foreign ids carry no account', () => {
  assert.equal(accountOfId('AKIAIOSFODNN7EXAMPLE'), undefined);
  assert.equal(accountOfId('AKIA'), undefined);
  assert.equal(accountOfId('AKIA0000000000000000'), undefined);
});
