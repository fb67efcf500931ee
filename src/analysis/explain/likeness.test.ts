import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isMisspelling } from './likeness.ts';

test('a letter too many, too few or exchanged is a misspelling', () => {
  assert.ok(isMisspelling('production', 'prodction'));
  assert.ok(isMisspelling('production', 'productions'));
  assert.ok(isMisspelling('production', 'productiom'));
});

test('the same text and another word are none', () => {
  assert.ok(!isMisspelling('production', 'production'));
  assert.ok(!isMisspelling('production', 'staging'));
  assert.ok(!isMisspelling('a'.repeat(300), `${'a'.repeat(299)}b`));
});

test("the distance within the band is the whole table's, whatever the texts", () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 }).map((letters) => letters.join(''));
  fc.assert(
    fc.property(text, text, fc.nat(4), (a, b, edits) => {
      assert.equal(isMisspelling(a, b, edits), a !== b && distance(a, b) <= edits);
    }),
  );
});

/** By the definition. */
function distance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const [restOfA, restOfB] = [a.slice(1), b.slice(1)];
  if (a[0] === b[0]) return distance(restOfA, restOfB);
  return 1 + Math.min(distance(restOfA, restOfB), distance(restOfA, b), distance(a, restOfB));
}
