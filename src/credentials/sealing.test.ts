import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { makeKeyRing } from './key-ring.ts';
import { SEALING_OVERHEAD, open, seal } from './sealing.ts';

const random = { bytes: (count: number): Uint8Array => randomBytes(count) };
const ring = makeKeyRing(random);

test('whatever is sealed opens to itself, and costs a fixed number of bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), (value) => {
      const sealed = seal('authorization-message', value, ring, random);
      assert.equal(sealed.length, value.length + SEALING_OVERHEAD);
      const opened = open('authorization-message', sealed, ring);
      assert.ok(opened.kind === 'opened' && opened.bytes.equals(value));
    }),
    { numRuns: 50 },
  );
});

test('a change of any single bit is noticed', () => {
  const sealed = seal('session-token', Buffer.from('a session'), ring, random);
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const changed = Buffer.from(sealed);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    const kind = open('session-token', changed, ring).kind;
    // The key id is bytes 1 to 4: another id is another ring's.
    assert.equal(kind, bit >= 8 && bit < 40 ? 'foreign' : 'malformed', `bit ${bit}`);
  }
});

test('a value cut short or drawn out is malformed', () => {
  const sealed = seal('session-token', Buffer.from('a session'), ring, random);
  for (let length = 0; length < sealed.length; length++) {
    assert.equal(open('session-token', sealed.subarray(0, length), ring).kind, 'malformed');
  }
  assert.equal(open('session-token', Buffer.concat([sealed, Buffer.of(0)]), ring).kind, 'malformed');
});

test('a value sealed for one purpose does not open for another', () => {
  const sealed = seal('paging-marker', Buffer.from('x'), ring, random);
  assert.deepEqual(open('session-token', sealed, ring), { kind: 'malformed' });
});

test('the id of a key in another ring does not make that ring open it', () => {
  const other = makeKeyRing(random);
  const [key] = other.keys.values();
  assert.ok(key);
  const imposter = {
    currentKeyId: ring.currentKeyId,
    keys: new Map([[ring.currentKeyId, { ...key, id: ring.currentKeyId }]]),
  };
  assert.deepEqual(open('session-token', seal('session-token', Buffer.from('x'), ring, random), imposter), {
    kind: 'malformed',
  });
});

test('two seals of one value differ', () => {
  const value = Buffer.from('same');
  assert.notDeepEqual(seal('session-token', value, ring, random), seal('session-token', value, ring, random));
});
