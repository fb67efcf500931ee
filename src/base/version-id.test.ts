import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { NULL_VERSION, makeVersionId, timeOfVersionId } from './version-id.ts';

const random = { bytes: (count: number): Uint8Array => randomBytes(count) };

test('an id is 32 characters of the alphabet of S3, tells its time, and is never given twice', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (time) => {
      const id = makeVersionId(time, random);
      assert.match(id, /^[A-Za-z0-9._]{32}$/);
      assert.equal(timeOfVersionId(id), time);
      assert.notEqual(makeVersionId(time, random), id);
    }),
  );
});

test('an id with another character in any place is none of ours', () => {
  const id = makeVersionId(1_790_000_000_000_000, random);
  for (let at = 0; at < id.length; at++) {
    const other = id.slice(0, at) + (id[at] === 'A' ? 'B' : 'A') + id.slice(at + 1);
    assert.equal(timeOfVersionId(other), undefined, other);
  }
});

test('what S3 refuses as an id is none', () => {
  const texts = [
    '',
    NULL_VERSION,
    'not-a-version',
    'A'.repeat(32),
    '0'.repeat(32),
    'A'.repeat(31) + '-',
    'é'.repeat(32),
  ];
  for (const text of texts) assert.equal(timeOfVersionId(text), undefined, text);
  const id = makeVersionId(5, random);
  for (const near of [id.slice(1), `${id}A`, ` ${id}`, id.replaceAll(/[._]/g, '-').padEnd(33, 'A')]) {
    assert.equal(timeOfVersionId(near), undefined, near);
  }
});
