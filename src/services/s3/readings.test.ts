import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ServiceError } from '../../base/service-error.ts';
import { printContinuationToken, readContinuationToken } from './continuation-token.ts';
import { readCopySource } from './copy-source.ts';
import { namesEncoder } from './encoding-type.ts';
import { namesEtag, unquoted } from './etag.ts';
import { readRange } from './range.ts';

const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 });

test('a range never leaves the object, and is what a slice would be', () => {
  fc.assert(
    fc.property(fc.nat(50), fc.option(fc.nat(60)), fc.option(fc.nat(60)), (size, first, last) => {
      const bytes = Array.from({ length: size }, (_, i) => i);
      const header = `bytes=${first ?? ''}-${last ?? ''}`;
      const wanted =
        first === null
          ? last === null
            ? bytes
            : bytes.slice(Math.max(0, size - last))
          : bytes.slice(first, (last ?? size) + 1);
      const ignored = (first === null && last === null) || (first !== null && last !== null && last < first);
      try {
        const range = readRange(header, size);
        if (ignored) assert.equal(range, undefined);
        else assert.deepEqual(bytes.slice(range?.start, (range?.end ?? 0) + 1), wanted);
      } catch (error) {
        assert.ok(error instanceof ServiceError && error.code === 'InvalidRange' && !ignored);
        const beyond = first === null ? last === 0 || size === 0 : first >= size;
        assert.ok(beyond, header);
      }
    }),
  );
});

test('numbers of a range have no limit: beyond every object is beyond this one', () => {
  const far = '9'.repeat(30);
  assert.throws(() => readRange(`bytes=${far}-`, 10), { code: 'InvalidRange' });
  assert.deepEqual(readRange(`bytes=4-${far}`, 10), { start: 4, end: 9 });
  assert.deepEqual(readRange(`bytes=-${far}`, 10), { start: 0, end: 9 });
});

test('a name that was encoded for a listing decodes to itself, as form decoding does it', () => {
  const encode = namesEncoder('url');
  fc.assert(
    fc.property(name, (text) => {
      const encoded = encode(text);
      assert.match(encoded, /^[A-Za-z0-9\-_.*/+%]*$/);
      assert.equal(decodeURIComponent(encoded.replaceAll('+', ' ')), text);
    }),
  );
  assert.equal(namesEncoder(undefined)('a b'), 'a b');
  assert.equal(encode(undefined), undefined);
});

test('a continuation token gives back its marker, and nothing else is one', () => {
  fc.assert(fc.property(name, (text) => assert.equal(readContinuationToken(printContinuationToken(text)), text)));
  for (const token of ['', '2YQ', 'YQ', '1YQ==', '1Y', '1_w', '1!']) {
    assert.throws(() => readContinuationToken(token), { code: 'InvalidArgument' }, token);
  }
});

test('a copy source is read as clients encode it', () => {
  fc.assert(
    fc.property(name, fc.boolean(), (key, slash) => {
      const header = `${slash ? '/' : ''}bucket/${encodeURIComponent(key)}`;
      assert.deepEqual(readCopySource(header), { bucket: 'bucket', key, versionId: undefined });
    }),
  );
  assert.deepEqual(readCopySource('b/k%3FversionId=x?versionId=null'), {
    bucket: 'b',
    key: 'k?versionId=x',
    versionId: 'null',
  });
  assert.equal(readCopySource('b/a+b%2B//c').key, 'a b+//c');
});

test('tags are compared without quotes, alone, among others, or as a star', () => {
  assert.ok(namesEtag('"abc"', 'abc'));
  assert.ok(namesEtag('abc', 'abc'));
  assert.ok(namesEtag('"x", W/"abc"', 'abc'));
  assert.ok(namesEtag('*', 'abc'));
  assert.ok(!namesEtag('"abcd"', 'abc'));
  assert.ok(!namesEtag('', 'abc'));
  assert.equal(unquoted('"'), '"');
});
