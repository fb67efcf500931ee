import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { makeKeyRing } from '../credentials/key-ring.ts';
import { openMarker, sealMarker } from './paging-marker.ts';

const random = { bytes: (count: number): Uint8Array => randomBytes(count) };
const keys = { keyRing: makeKeyRing(random), random };

test('a marker opens for the list that it was sealed for, and for no other', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 128 }), (position) => {
      const marker = sealMarker('123456789012/ListRoles', position, keys);
      assert.equal(openMarker('123456789012/ListRoles', marker, keys), position);
      assert.equal(openMarker('123456789012/ListUsers', marker, keys), undefined);
      assert.equal(openMarker('210987654321/ListRoles', marker, keys), undefined);
      assert.equal(openMarker('123456789012/ListRoles', marker, { ...keys, keyRing: makeKeyRing(random) }), undefined);
    }),
  );
});

test('a marker fits the 320 characters of IAM’s marker type, for the longest of names', () => {
  const marker = sealMarker('123456789012/GetAccountAuthorizationDetails', `3/local/${'x'.repeat(128)}`, keys);
  assert.ok(marker.length <= 320, String(marker.length));
});

test('what is no marker does not open', () => {
  for (const text of ['', 'garbage', 'A'.repeat(320)]) assert.equal(openMarker('s', text, keys), undefined);
});
