import assert from 'node:assert/strict';
import { test } from 'node:test';
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
