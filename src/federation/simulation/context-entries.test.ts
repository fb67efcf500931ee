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
  assert.equal(one('string', 'a', 'b'), 'Context key string expected a single value, but received 2.');
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

test('a key is given once, in whatever case', () => {
  const entry = (name: string) => ({ name, values: ['a'], type: 'string' });
  const read = readContextEntries([entry('My:Key'), entry('MY:key')]);
  assert.deepEqual(read, { kind: 'invalid', message: 'Duplicate context key: MY:key.' });
});

test('every value of a list is read by its type, and one that is none refuses the entry', () => {
  assert.deepEqual(one('numericList', '01.0', '1e2'), ['1.0', '1E+2']);
  assert.equal(one('numericList', '1', 'one'), 'Invalid context value for key My:Key: expected numeric format.');
});

test('values have a limit together, in number and in length, which is ours', () => {
  const read = (...values: readonly (readonly string[])[]): unknown => {
    const entries = values.map((list, index) => ({ name: `My:Key${index}`, values: list, type: 'stringList' }));
    const answer = readContextEntries(entries);
    return answer.kind === 'entries' ? answer.entries.length : answer.message;
  };
  const many = (length: number): readonly string[] => Array.from({ length }, (_, index) => String(index));
  assert.equal(read(many(500), many(500)), 2);
  assert.equal(read(many(500), many(501)), 'The context entries have more than 1000 values.');
  assert.equal(read(['x'.repeat(32_768)], ['x'.repeat(32_768)]), 2);
  assert.equal(
    read(['x'.repeat(32_768)], ['x'.repeat(32_769)]),
    'The values of the context entries have more than 65536 characters.',
  );
});
