import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalHeaders, canonicalPath, canonicalQuery, canonicalS3Path } from './canonical-request.ts';

test('S3 paths are encoded once and never normalised', () => {
  const paths: readonly (readonly [string, string])[] = [
    ['', '/'],
    ['/', '/'],
    ['/bucket/a//b/../c/./', '/bucket/a//b/../c/./'],
    ['/bucket/a%20b', '/bucket/a%20b'],
    ['/bucket/a b', '/bucket/a%20b'],
    ['/bucket/a+b', '/bucket/a%2Bb'],
    ['/bucket/%7e%C3%a9', '/bucket/~%C3%A9'],
    ['/bucket/100%', '/bucket/100%25'],
    ['/bucket/%zz%4', '/bucket/%25zz%254'],
    ["/bucket/(x)*'!", '/bucket/%28x%29%2A%27%21'],
  ];
  for (const [path, canonical] of paths) assert.equal(canonicalS3Path(path), canonical);
});

test('other paths are normalised and encoded twice', () => {
  const paths: readonly (readonly [string, string])[] = [
    ['', '/'],
    ['/', '/'],
    ['//', '/'],
    ['/..', '/'],
    ['/../a', '/a'],
    ['/a/./b/../c//', '/a/c/'],
    ['/a%20b', '/a%2520b'],
    ['/a%2Fb', '/a%252Fb'],
  ];
  for (const [path, canonical] of paths) assert.equal(canonicalPath(path), canonical);
});

test('query parameters: sorted by name then value, repeated ones kept, empty ones given an equals sign', () => {
  const queries: readonly (readonly [string, string])[] = [
    ['', ''],
    ['b=2&a=1', 'a=1&b=2'],
    ['a=2&a=1&a', 'a=&a=1&a=2'],
    ['uploads', 'uploads='],
    ['&&a=1&', 'a=1'],
    ['a=b=c', 'a=b%3Dc'],
    ['p=a+b', 'p=a%20b'],
    ['p=a%2Bb', 'p=a%2Bb'],
    ['p=%e1%88%b4', 'p=%E1%88%B4'],
    // By encoded name: `%` sorts before letters, `-` before digits.
    ['a1=x&a-=y&a%C3%A9=z', 'a%C3%A9=z&a-=y&a1=x'],
  ];
  for (const [query, canonical] of queries) assert.equal(canonicalQuery(query), canonical);
  assert.equal(canonicalQuery('X-Amz-Signature=s&a=1&X%2DAmz%2DSignature=t', 'X-Amz-Signature'), 'a=1');
});

test('headers: trimmed, blanks folded, repeated ones joined, missing ones empty', () => {
  const headers = { host: ['h'], a: ['  x   y\t z  '], b: ['1', ' 2'], 'x-c': ['"q  q"'] };
  assert.equal(canonicalHeaders(headers, ['a', 'b', 'host', 'x-c']), 'a:x y z\nb:1,2\nhost:h\nx-c:"q q"\n');
  assert.equal(canonicalHeaders(headers, ['constructor', 'none']), 'constructor:\nnone:\n');
});
