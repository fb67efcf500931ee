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
  assert.equal(one('string', 'a', 'b'), 'The context entry My:Key has 2 values, but the type string takes one.');
  for (const type of ['string', 'stringList']) {
    assert.equal(one(type), 'Context values for context key My:Key cannot be null or empty.');
  }
});

test('without name or type an entry is refused, without anything it is passed over', () => {
  assert.equal(one(undefined, 'a'), 'Context key My:Key has invalid type null.');
  assert.equal(one('color', 'red'), 'Context key My:Key has invalid type color.');
  const unnamed = readContextEntries([{ name: '', values: ['a'], type: 'string' }]);
  assert.deepEqual(unnamed, { kind: 'invalid', message: 'ContextKeyName cannot be null or empty.' });
  const empty = readContextEntries([{ name: '', values: [], type: undefined }]);
  assert.deepEqual(empty, { kind: 'entries', entries: [] });
});

test('keys are compared without case', () => {
  const read = readContextEntries([{ name: 'AWS:SourceIp', values: ['10.0.0.1'], type: 'ip' }]);
  assert.deepEqual(read, { kind: 'entries', entries: [['aws:sourceip', '10.0.0.1']] });
});

test('values are held to their type, in the words of AWS', () => {
  const good: readonly (readonly [string, string])[] = [
    ['numeric', '-3.5'],
    ['numeric', '01.00'],
    ['numeric', '+1'],
    ['numeric', '1e9999'],
    ['boolean', 'TRUE'],
    ['ip', '192.000.002.1'],
    ['ip', '2001:db8::1'],
    ['binary', 'AAEC/w=='],
    ['binary', ''],
    ['date', '2035'],
    ['date', '2035-01'],
    ['date', '2035-01-02T03:04Z'],
    ['date', '2035-01-02T03:04:05'],
    ['date', '2035-01-02T03:04:05.123+02:00'],
    ['date', '0'],
    ['date', '1524654000'],
  ];
  for (const [type, value] of good) assert.equal(one(type, value), value, `${type} ${value}`);
  const bad: readonly (readonly [string, string, string])[] = [
    ['numeric', '0x10', 'numeric format'],
    ['numeric', ' 1 ', 'numeric format'],
    ['numeric', 'Infinity', 'numeric format'],
    ['boolean', 'yes', 'boolean format'],
    ['ip', '192.0.2.0/24', 'IP address'],
    ['ip', 'fe80::1%eth0', 'IP address'],
    ['binary', 'YQ', 'base-64 encoded binary format'],
    ['binary', 'YR==', 'base-64 encoded binary format'],
    ['binary', 'YQ-_', 'base-64 encoded binary format'],
    ['binary', 'eWVz\n', 'base-64 encoded binary format'],
    ['date', 'tomorrow', 'date format'],
  ];
  for (const [type, value, expected] of bad) {
    const sentence = `Invalid context value for key My:Key: expected ${expected}.`;
    assert.equal(one(type, value), sentence, `${type} ${value}`);
    assert.equal(one(`${type}List`, value), sentence, `${type}List ${value}`);
  }
});
