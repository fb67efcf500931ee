import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readToken } from './read.ts';

const encode = (text: string): string => Buffer.from(text).toString('base64url');
const HEADER = encode('{"alg":"RS256","kid":"main"}');

test('any object of JSON comes out as it went in, and the signed text is the first two parts', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), fc.uint8Array(), (claims, signature) => {
      const payload = encode(JSON.stringify(claims));
      const token = readToken(`${HEADER}.${payload}.${Buffer.from(signature).toString('base64url')}`);
      assert.ok('claims' in token);
      assert.deepEqual(token.claims, JSON.parse(JSON.stringify(claims)));
      assert.equal(token.signingInput, `${HEADER}.${payload}`);
      assert.deepEqual(new Uint8Array(token.signature), signature);
    }),
  );
});

test('no text at all makes it throw, and what is refused is refused as no JWT', () => {
  const piece = fc.oneof(fc.string(), fc.base64String(), fc.constant(HEADER), fc.json().map(encode));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 5 }), (pieces) => {
      const result = readToken(pieces.join('.'));
      if ('kind' in result) assert.match(result.message, /^The ID Token provided is not a valid JWT\./);
      else assert.equal(pieces.join('.').split('.').length, 3);
    }),
  );
});

test('a token has one text: no other text of the same length reads as the same bytes', () => {
  const token = `${HEADER}.${encode('{"sub":"a"}')}.${encode('signature')}`;
  const read = readToken(token);
  assert.ok('claims' in read);
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.constantFrom(...'AZaz09-_+/=. \n'), (at, letter) => {
      const changed = token.slice(0, at) + letter + token.slice(at + 1);
      const again = readToken(changed);
      if (changed === token || 'kind' in again) return;
      assert.notDeepEqual({ ...again }, { ...read });
    }),
  );
});

test('what one caller does to a header does not reach the next token', () => {
  const first = readToken(`${HEADER}.e30.`);
  assert.ok('claims' in first);
  assert.throws(() => Object.assign(first.header, { alg: 'none' }), TypeError);
  const second = readToken(`${HEADER}.e30.`);
  assert.ok('claims' in second);
  assert.deepEqual(second.header, { alg: 'RS256', kid: 'main' });
});

test('no refusal repeats the token', () => {
  const secret = 'c2VjcmV0LXBheWxvYWQ';
  for (const text of [
    secret,
    `${secret}.${secret}.${secret}`,
    `${HEADER}.${secret}.${secret}`,
    `${HEADER}.e30.${secret}=`,
  ]) {
    const result = readToken(text);
    assert.ok('kind' in result);
    assert.ok(!`${result.message}${result.detail}`.includes(secret));
  }
});

test('a part is base64url or nothing: only the one text that its bytes encode to is taken', () => {
  const letter = fc.constantFrom(...'ABQgwxyz019-_+/= .\n\u00e9\u0141\uff21');
  const claims = encode('{"a":1}');
  fc.assert(
    fc.property(fc.string({ unit: letter, maxLength: 12 }), (text) => {
      const canonical = Buffer.from(text, 'base64url').toString('base64url') === text && /^[\w-]*$/.test(text);
      const token = readToken(`${HEADER}.${claims}.${text}`);
      assert.equal('claims' in token, canonical, JSON.stringify(text));
    }),
    { numRuns: 2000 },
  );
});
