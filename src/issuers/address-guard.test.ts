import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addressGuard, isAddressRange } from './address-guard.ts';

const strict = addressGuard([]);

test('public addresses may be reached', () => {
  for (const address of [
    '8.8.8.8',
    '140.82.112.3',
    '172.32.0.1',
    '100.128.0.1',
    '2606:50c0:8000::153',
    '2a00:1450::1',
  ]) {
    assert.equal(strict.refusal(address), undefined, address);
  }
});

test('every special-purpose address is refused', () => {
  const refused = [
    ['0.0.0.0', /this network/],
    ['10.1.2.3', /private/],
    ['172.31.255.255', /private/],
    ['192.168.0.1', /private/],
    ['127.0.0.1', /loopback/],
    ['169.254.169.254', /metadata/],
    ['169.254.170.2', /metadata/],
    ['100.100.100.200', /carrier-grade/],
    ['168.63.129.16', /Azure/],
    ['192.0.0.192', /protocol/],
    ['224.0.0.1', /multicast/],
    ['255.255.255.255', /reserved/],
    ['::', /unspecified/],
    ['::1', /loopback/],
    ['::ffff:127.0.0.1', /loopback/],
    ['::ffff:8.8.8.8', /IPv4-mapped/],
    ['::7f00:1', /IPv4-compatible/],
    ['64:ff9b::a9fe:a9fe', /NAT64/],
    ['64:ff9b:1::a00:1', /NAT64/],
    ['2002:7f00:1::', /6to4/],
    ['2001:0:4136:e378::', /Teredo/],
    ['fd00:ec2::254', /unique local/],
    ['fe80::1', /link-local/],
    ['ff02::1', /multicast/],
    ['4000::1', /not global/],
    ['fe80::1%eth0', /not an address/],
    ['example.com', /not an address/],
    ['2130706433', /not an address/],
  ] as const;
  for (const [address, why] of refused) assert.match(strict.refusal(address) ?? 'allowed', why, address);
});

test('the operator allows ranges and single addresses, and nothing beside them', () => {
  const guard = addressGuard(['10.1.0.0/16', 'fd00:1::/48', '127.0.0.1']);
  for (const address of ['10.1.255.1', 'fd00:1::5', '127.0.0.1']) assert.equal(guard.refusal(address), undefined);
  for (const address of ['10.2.0.1', 'fd00:2::5', '127.0.0.2']) assert.notEqual(guard.refusal(address), undefined);
});

test('what is not a range is said at start', () => {
  for (const text of [
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/08',
    '10.0.0/8',
    'fd00::/129',
    'host',
    '',
    '::1/1/1',
    '10.0.0.0/-1',
  ]) {
    assert.equal(isAddressRange(text), false, text);
    assert.throws(() => addressGuard([text]), TypeError, text);
  }
  assert.ok(isAddressRange('0.0.0.0/0'));
});

test('no address of 10/8 passes, however it is written', () => {
  fc.assert(
    fc.property(fc.nat(0xffffff), (low) => {
      const [a, b, c] = [low >> 16, (low >> 8) & 255, low & 255];
      assert.notEqual(strict.refusal(`10.${a}.${b}.${c}`), undefined);
      assert.notEqual(strict.refusal(`::ffff:10.${a}.${b}.${c}`), undefined);
      assert.notEqual(strict.refusal(`64:ff9b::10.${a}.${b}.${c}`), undefined);
    }),
    { numRuns: 200 },
  );
});
