import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KEY_LIFETIME_BOUNDS, keyLifetime } from './cache-control.ts';

const lifetime = (field: string, age = 0): number => keyLifetime(field, age, KEY_LIFETIME_BOUNDS);

test('the issuer decides within the bounds', () => {
  assert.equal(lifetime('public, max-age=1200, must-revalidate'), 1200);
  assert.equal(lifetime('max-age="900"'), 900);
  assert.equal(lifetime('Max-Age=900'), 900);
  assert.equal(lifetime('max-age=1200', 300), 900);
  assert.equal(lifetime('max-age=1200, s-maxage=600'), 600);
});

test('too short, too long, unsaid and nonsense fall back to the bounds', () => {
  assert.equal(lifetime('max-age=1'), 60);
  assert.equal(lifetime('max-age=600', 590), 60);
  assert.equal(lifetime('max-age=31536000'), 3600);
  for (const field of ['', 'public', 'max-age', 'max-age=', 'max-age=-5', 'max-age=1e9', 'max-age=99999999999']) {
    assert.equal(lifetime(field), 300, field);
  }
});

test('what may not be kept is kept for two seconds', () => {
  for (const field of ['no-cache', 'no-store', 'max-age=0', 'no-cache, max-age=600']) assert.equal(lifetime(field), 2);
});
