import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boundedField, boundedMessage, boundedRecords, withoutTokens } from './audit-bounds.ts';

const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJtZSJ9.c2lnbmF0dXJl';

test('a token is replaced wherever it stands in a line of JSON', () => {
  for (const before of ['', 'Bearer ', "Value '", '\n', '\u0001', '"', '\\', '.', 'ä']) {
    const line = JSON.stringify({ text: `${before}${TOKEN} after` });
    const clean: { readonly text: string } = JSON.parse(withoutTokens(line));
    assert.equal(clean.text, `${before}(token) after`);
  }
  const unsigned = TOKEN.slice(0, TOKEN.lastIndexOf('.'));
  assert.equal(withoutTokens(unsigned), '(token)');
  assert.equal(withoutTokens(`${unsigned}.`), '(token)');
});

test('what is no token stays', () => {
  for (const text of ['eyJ', 'eyJ.a.b', 'greyJohannesson.b.c', '{"a":1}', 'a.b.c'])
    assert.equal(withoutTokens(text), text);
});

test('a line made to be slow is not', () => {
  const started = performance.now();
  for (const text of ['eyJ'.repeat(300_000), ' eyJ12345678'.repeat(80_000), `${'eyJ12345678.'.repeat(80_000)}`]) {
    withoutTokens(text);
  }
  assert.ok(performance.now() - started < 2000);
});

test('long messages are cut, long fields are left out and counted, records are made only while they fit', () => {
  assert.equal(boundedMessage('a'.repeat(1024)).length, 1024);
  assert.equal(boundedMessage('a'.repeat(1025)).length, 1024);
  const short = { name: 'a' };
  assert.equal(boundedField(short), short);
  assert.deepEqual(boundedField({ a: 'x'.repeat(100_000) }), {
    omitted: true,
    originalSize: 100_008,
    reason: 'Field exceeded maximum size',
  });
  let made = 0;
  const records = boundedRecords(Array.from({ length: 1000 }), () => {
    made++;
    return { text: 'x'.repeat(990) };
  });
  assert.equal(records.length, 99);
  assert.equal(made, 100);
});

test('escapes and numbers count as the characters that they are in JSON', () => {
  for (const value of [
    { text: '\u0001'.repeat(17_000) },
    { list: Array.from({ length: 60_000 }, () => 1) },
    Object.fromEntries(Array.from({ length: 9_000 }, (_, index) => [`name-${index}`, null])),
  ]) {
    assert.ok(JSON.stringify(boundedField(value)).length < 100_001);
    assert.notEqual(boundedField(value), value);
  }
  for (const value of [{ text: 'x'.repeat(90_000) }, { text: '\u0001'.repeat(16_000) }, []]) {
    assert.equal(boundedField(value), value);
  }
});
