import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { afterKey, afterPrefix, assertKey } from './key-range.ts';

const text = fc.string({ unit: 'binary', maxLength: 6 });

test('every text with a prefix is before what comes after the prefix, every other text is not between', () => {
  fc.assert(
    fc.property(text, text, text, (prefix, rest, other) => {
      const end = afterPrefix(prefix);
      if (end === undefined) return assert.match(prefix, /^\u{10ffff}*$/u);
      assert.ok(compare(prefix + rest, end) < 0);
      assert.ok(compare(prefix, end) < 0);
      if (!other.startsWith(prefix)) assert.ok(compare(other, prefix) < 0 || compare(other, end) >= 0);
    }),
  );
});

test('the range ends where there is no next character, and jumps over the surrogates', () => {
  assert.equal(afterPrefix(''), undefined);
  assert.equal(afterPrefix('\u{10ffff}'), undefined);
  assert.equal(afterPrefix('a\u{10ffff}'), 'b');
  assert.equal(afterPrefix('a\ud7ff'), 'a\ue000');
});

test('nothing is between a key and the one after it', () => {
  assert.ok(compare('a', afterKey('a')) < 0);
  assert.equal(compare(afterKey('a'), 'a\0'), 0);
});

test('a text without a UTF-8 form is no key', () => {
  assert.throws(() => assertKey('a\ud800'), TypeError);
  assert.doesNotThrow(() => assertKey('a\u{10000}'));
});

function compare(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
