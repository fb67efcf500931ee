import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readContextEntries } from './context-entries.ts';

function one(type: string | undefined, ...values: readonly string[]): unknown {
  const read = readContextEntries([{ name: 'My:Key', values, type }]);
  return read.kind === 'entries' ? read.entries[0]?.[1] : read.message;
}

test('a list type makes a key multivalued, whatever the number of values; the others take one value', () => {
  assert.equal(one('string', 'a'), 'a');
  assert.deepEqual(one('stringList', 'a'), ['a']);
  assert.deepEqual(one('stringList'), []);
  assert.equal(one('string', 'a', 'b'), 'The context entry My:Key has 2 values, but the type string takes one.');
  assert.equal(one('string'), 'The context entry My:Key has 0 values, but the type string takes one.');
});

test('without a type the number of values decides', () => {
  assert.equal(one(undefined, 'a'), 'a');
  assert.deepEqual(one(undefined, 'a', 'b'), ['a', 'b']);
});

test('keys are compared without case', () => {
  const read = readContextEntries([{ name: 'AWS:SourceIp', values: ['10.0.0.1'], type: 'ip' }]);
  assert.deepEqual(read, { kind: 'entries', entries: [['aws:sourceip', '10.0.0.1']] });
});

test('values are held to their type', () => {
  const good: readonly (readonly [string, string])[] = [
    ['numeric', '-3.5'],
    ['boolean', 'TRUE'],
    ['ip', '10.0.0.0/8'],
    ['ip', '2001:db8::1'],
    ['binary', 'AAEC/w=='],
    ['date', '2018-04-25T11:00:00Z'],
    ['date', '1524654000'],
  ];
  for (const [type, value] of good) assert.equal(one(type, value), value, `${type} ${value}`);
  const bad: readonly (readonly [string, string])[] = [
    ['numeric', '3,5'],
    ['boolean', 'yes'],
    ['ip', '10.0.0'],
    ['ip', '10.0.0.1/8/8'],
    ['binary', '%'],
    ['date', 'tomorrow'],
  ];
  for (const [type, value] of bad) {
    assert.match(String(one(type, value)), /has a value, number 1, that is not of the type/, `${type} ${value}`);
    assert.match(String(one(`${type}List`, value)), /that is not of the type/, `${type}List ${value}`);
  }
  assert.match(String(one('color', 'red')), /has the unknown type color/);
});
