import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numbersBeside } from './numbers-beside.ts';

test('neighbours of whole numbers, fractions and numbers beyond 2^53', () => {
  assert.deepEqual(numbersBeside('10'), ['9', '11', '9.9', '10.1']);
  assert.deepEqual(numbersBeside('0'), ['-1', '1', '-0.1', '0.1']);
  assert.deepEqual(numbersBeside('-1.5'), ['-2.5', '-0.5', '-1.51', '-1.49']);
  assert.deepEqual(numbersBeside('9007199254740993').slice(0, 2), ['9007199254740992', '9007199254740994']);
  assert.deepEqual(numbersBeside('1e3').slice(0, 2), ['999', '1001']);
  assert.deepEqual(numbersBeside('0.001').slice(2), ['0.0009', '0.0011']);
});

test('what is no number, or too far from the point to be written out, has none', () => {
  assert.deepEqual(numbersBeside('ten'), []);
  assert.deepEqual(numbersBeside('1e999999'), []);
  assert.deepEqual(numbersBeside('1e-999999'), []);
});
