import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claimsToTags, isIssuerUrl, readClaimToTag } from './claim-to-tag-row.ts';

test('a row names issuer, claim and tag, and whether sessions hand the tag on', () => {
  assert.deepEqual(readClaimToTag('https://gitlab.com project_path=project'), {
    issuer: 'gitlab.com',
    claim: 'project_path',
    tag: 'project',
    transitive: false,
  });
  assert.equal(readClaimToTag(' https://a.example/b   c=d=e  transitive ')?.tag, 'd=e');
  assert.equal(readClaimToTag('https://a.example c=d transitive')?.transitive, true);
});

test('what is no row is none: no https, no tag, a tag of AWS’s own, words too many', () => {
  for (const text of [
    '',
    'https://a.example',
    'https://a.example c',
    'https://a.example c=',
    'https://a.example =t',
    'a.example c=t',
    'http://a.example c=t',
    'https://a.example?x c=t',
    'https://u@a.example c=t',
    'https://a.example c=AWS:t',
    'https://a.example c=t*',
    `https://a.example c=${'t'.repeat(129)}`,
    'https://a.example c=t Transitive',
    'https://a.example c=t transitive x',
  ]) {
    assert.equal(readClaimToTag(text), undefined, text);
  }
});

test('rows are found by issuer, without scheme', () => {
  const rows = claimsToTags(['https://a.example c=t', 'https://b.example/x c=t', 'https://a.example d=u']);
  assert.deepEqual([...rows.keys()], ['a.example', 'b.example/x']);
  assert.deepEqual(
    rows.get('a.example')?.map(({ claim }) => claim),
    ['c', 'd'],
  );
});

test('an issuer URL is https with a host and nothing behind its path', () => {
  for (const good of ['https://gitlab.com', 'https://t.auth0.com/', 'https://a.example/b/c'])
    assert.ok(isIssuerUrl(good));
  for (const bad of ['gitlab.com', 'http://gitlab.com', 'https://', 'https://a b', 'https://a/?q', 'HTTPS://a/#f']) {
    assert.ok(!isIssuerUrl(bad), bad);
  }
});
