import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VerifiedToken } from '../tokens/token.ts';
import { UsedTokens } from './used-tokens.ts';

const ISSUER = 'issuer.example';
const NOW = 1_800_000_000_000;

function token(jti: unknown, expiresAt = NOW / 1000 + 300): VerifiedToken {
  return {
    kind: 'verified',
    claims: { jti },
    issuer: `https://${ISSUER}`,
    subject: 's',
    audience: 'a',
    issuedAt: NOW / 1000,
    expiresAt,
  };
}

test('a token is good once, until it could be used no more; another of the issuer is its own', () => {
  const used = new UsedTokens([ISSUER]);
  assert.equal(used.use(ISSUER, token('one'), NOW), undefined);
  assert.match(used.use(ISSUER, token('one'), NOW)?.detail ?? '', /jti "one" has been used/);
  assert.equal(used.use(ISSUER, token('two'), NOW), undefined);
  assert.equal(used.use(ISSUER, token('one'), NOW + 599_999)?.code, 'InvalidIdentityToken');
  assert.equal(used.use(ISSUER, token('one'), NOW + 600_000), undefined, 'verification refuses it by then');
});

test('issuers that are not named keep AWS’s rule; the same jti of two issuers is two tokens', () => {
  const used = new UsedTokens([ISSUER, 'other.example']);
  for (let n = 0; n < 3; n++) assert.equal(used.use('third.example', token('one'), NOW), undefined);
  assert.equal(used.use(ISSUER, token('one'), NOW), undefined);
  assert.equal(used.use('other.example', token('one'), NOW), undefined);
  assert.equal(used.size, 2);
});

test('without a jti that is a text a token cannot be known again', () => {
  const used = new UsedTokens([ISSUER]);
  for (const jti of [undefined, null, '', 7, ['one']]) {
    assert.match(used.use(ISSUER, token(jti), NOW)?.detail ?? '', /has no jti/);
  }
  assert.equal(used.size, 0);
});

test('memory is bounded by expiry, and when it is full nothing is forgotten: the next token is refused', () => {
  const used = new UsedTokens([ISSUER], 2000);
  for (let n = 0; n < 2000; n++) assert.equal(used.use(ISSUER, token(`a${n}`), NOW), undefined);
  assert.match(used.use(ISSUER, token('one more'), NOW)?.detail ?? '', /2000 used ones are still good/);
  assert.equal(used.use(ISSUER, token('a0'), NOW)?.code, 'InvalidIdentityToken');
  const later = NOW + 700_000;
  for (let n = 0; n < 1500; n++) {
    assert.equal(used.use(ISSUER, token(`b${n}`, later / 1000 + 300), later), undefined);
  }
  assert.equal(used.size, 1500);
});
