import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ServiceError } from '../base/service-error.ts';
import { parseForm } from './form.ts';

const refused = (body: Uint8Array | string): void => {
  assert.throws(
    () => parseForm(body),
    (error) => error instanceof ServiceError && error.code === 'MalformedInput' && error.status === 400,
  );
};

test('a form reads as URLSearchParams reads it, of a repeated name the first value', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }))), (pairs) => {
      const text = new URLSearchParams(pairs).toString();
      const expected = new Map(pairs.toReversed());
      assert.deepEqual(new Map([...parseForm(text)].sort()), new Map([...expected].sort()));
      assert.deepEqual(parseForm(Buffer.from(text)), parseForm(text));
    }),
  );
});

test('plus is a space, raw UTF-8 is taken, names without a value have an empty one', () => {
  assert.deepEqual(
    [...parseForm(Buffer.from('a=1+2%2B3&b=é&c&&=x'))],
    [
      ['a', '1 2+3'],
      ['b', 'é'],
      ['c', ''],
      ['', 'x'],
    ],
  );
  assert.equal(parseForm('').size, 0);
});

test('what is not UTF-8, not percent-encoded, or has no end of parameters is refused', () => {
  refused(Uint8Array.of(0x61, 0x3d, 0xff));
  refused('a=%ff');
  refused('a=%zz');
  refused('a=%');
  refused('a=1&'.repeat(20_001));
  assert.equal(parseForm('a=1&'.repeat(20_000)).size, 1);
});
