import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deriveSigningKey, makeSigningKeyCache } from './signing-key.ts';

const scope = { date: '20150830', region: 'us-east-1', service: 'iam', terminator: 'aws4_request' };
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';

test('the derived key of the IAM guide', () => {
  const key = deriveSigningKey(SECRET, scope).toString('hex');
  assert.equal(key, 'c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9');
});

test('a cached key is handed out again, and never for another secret, day, region or service', () => {
  const cache = makeSigningKeyCache(100);
  const first = cache.get('AKIA', SECRET, scope);
  assert.equal(cache.get('AKIA', SECRET, scope), first);
  const others = [
    cache.get('AKIA', `${SECRET}2`, scope),
    cache.get('AKIA', SECRET, { ...scope, date: '20150831' }),
    cache.get('AKIA', SECRET, { ...scope, region: 'eu-west-1' }),
    cache.get('AKIA', SECRET, { ...scope, service: 's3' }),
  ];
  for (const other of others) assert.notDeepEqual(other, first);
  assert.deepEqual(others[0], deriveSigningKey(`${SECRET}2`, scope));
});

test('the cache is bounded and lets the longest unused go', () => {
  const cache = makeSigningKeyCache(2);
  const a = cache.get('A', SECRET, scope);
  const b = cache.get('B', SECRET, scope);
  assert.equal(cache.get('A', SECRET, scope), a);
  cache.get('C', SECRET, scope);
  assert.equal(cache.size(), 2);
  assert.equal(cache.get('A', SECRET, scope), a);
  assert.notEqual(cache.get('B', SECRET, scope), b, 'derived anew, equal in value');
});
