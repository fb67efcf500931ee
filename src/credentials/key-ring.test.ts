import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { makeKeyRing, parseKeyRing, printKeyRing, retire, rotate } from './key-ring.ts';
import { open, seal } from './sealing.ts';

const random = { bytes: (count: number): Uint8Array => randomBytes(count) };

test('a printed ring reads back as the same ring', () => {
  const ring = rotate(makeKeyRing(random), random);
  const json: unknown = JSON.parse(JSON.stringify(printKeyRing(ring)));
  const again = parseKeyRing(json);
  assert.ok(again);
  assert.deepEqual(printKeyRing(again), printKeyRing(ring));
  const sealed = seal('paging-marker', Buffer.from('x'), ring, random);
  assert.equal(open('paging-marker', sealed, again).kind, 'opened');
});

test('what is not a printed ring is not read as one', () => {
  const good = printKeyRing(makeKeyRing(random));
  const key = good.keys[0];
  assert.ok(key && parseKeyRing(good));
  const bad: readonly unknown[] = [
    undefined,
    null,
    [],
    'ring',
    {},
    { ...good, current: 'ffffffff0' },
    { ...good, keys: [] },
    { ...good, keys: [key, key] },
    { ...good, keys: [{ ...key, id: key.id.toUpperCase() + 'G' }] },
    { ...good, keys: [{ ...key, secret: key.secret.slice(4) }] },
    { ...good, keys: [{ ...key, secret: ` ${key.secret}` }] },
    { ...good, keys: [{ id: key.id }] },
    { ...good, keys: { 0: key } },
    { ...good, keys: Array.from({ length: 65 }, (_, i) => ({ ...key, id: i.toString(16).padStart(8, '0') })) },
  ];
  for (const json of bad) assert.equal(parseKeyRing(json), undefined);
});

test('a rotated ring seals under the new key and opens what the old one sealed', () => {
  const old = makeKeyRing(random);
  const sealed = seal('session-token', Buffer.from('before'), old, random);
  const ring = rotate(old, random);
  assert.notEqual(ring.currentKeyId, old.currentKeyId);
  assert.equal(open('session-token', sealed, ring).kind, 'opened');
  assert.equal(open('session-token', seal('session-token', Buffer.from('after'), ring, random), old).kind, 'foreign');
});

test('a retired key opens nothing; the current one cannot be retired', () => {
  const old = makeKeyRing(random);
  const sealed = seal('session-token', Buffer.from('before'), old, random);
  const ring = rotate(old, random);
  const smaller = retire(ring, old.currentKeyId);
  assert.ok(smaller);
  assert.deepEqual(open('session-token', sealed, smaller), { kind: 'foreign' });
  assert.equal(retire(ring, ring.currentKeyId), undefined);
  assert.equal(retire(ring, 'nosuchid'), undefined);
});

test('a ring does not grow without bound', () => {
  let ring = makeKeyRing(random);
  for (let i = 1; i < 64; i++) ring = rotate(ring, random);
  assert.throws(() => rotate(ring, random), RangeError);
});

test('the keys of two purposes and of two secrets differ', () => {
  const [key] = makeKeyRing(random).keys.values();
  const [other] = makeKeyRing(random).keys.values();
  assert.ok(key && other);
  const all = [...Object.values(key.derived), ...Object.values(other.derived), key.secret, other.secret];
  assert.equal(new Set(all.map((each) => each.export().toString('hex'))).size, all.length);
});
