import assert from 'node:assert/strict';
import { test } from 'node:test';
import { policySize } from './size.ts';

test('white space between tokens does not count, inside texts it does', () => {
  assert.equal(policySize('{"a":1}'), 7);
  assert.equal(policySize(' {\r\n\t"a" : 1 }\n'), 7);
  assert.equal(policySize('{"a b":" "}'), 11);
});

test('an escaped quote does not end a text', () => {
  assert.equal(policySize('{"a\\" b":1}'), 11);
  assert.equal(policySize('{"a\\\\" : 1}'), 9);
});

test('a text that never ends is counted to its end', () => {
  assert.equal(policySize('"a b'), 4);
  assert.equal(policySize('"a\\'), 3);
  assert.equal(policySize(''), 0);
});
