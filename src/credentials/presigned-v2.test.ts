import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { parsePresignedV2, verifyPresignedV2 } from './presigned-v2.ts';
import type { SignedRequest } from './signature-v4/signed-request.ts';

/** The published example: Amazon S3 Developer Guide, "Query String Request Authentication Alternative". */
const PUBLISHED = {
  method: 'GET',
  rawPath: '/photos/puppy.jpg',
  rawQuery: 'AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D&Expires=1175139620',
  headers: { host: ['johnsmith.s3.amazonaws.com'] },
  payloadHash: undefined,
} satisfies SignedRequest;
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const NOW = 1_175_139_000_000;

/** `verified`, or the kind of the fault. */
function outcome(request: SignedRequest, bucketOfHost: string | undefined, now = NOW): string {
  const parsed = parsePresignedV2(request, now);
  if (parsed === undefined) return 'none';
  if (parsed.kind !== 'presignedV2') return parsed.kind;
  return verifyPresignedV2(parsed, request, SECRET, bucketOfHost)?.kind ?? 'verified';
}

/** Signed over `lines`, the string to sign as the guide has it; `query` is added after signing. */
function signed(method: string, rawPath: string, resource: string, query = ''): SignedRequest {
  const expires = NOW / 1000 + 60;
  const signature = createHmac('sha1', SECRET).update(`${method}\n\n\n${expires}\n${resource}`).digest('base64');
  const rawQuery = `${query}AWSAccessKeyId=AKIA&Signature=${encodeURIComponent(signature)}&Expires=${expires}`;
  return { method, rawPath, rawQuery, headers: {}, payloadHash: undefined };
}

test('the published example holds for the bucket that its host names, and for no other', () => {
  assert.equal(outcome(PUBLISHED, 'johnsmith'), 'verified');
  assert.equal(outcome(PUBLISHED, 'someone'), 'mismatch');
  assert.equal(outcome(PUBLISHED, undefined), 'mismatch');
  assert.equal(outcome({ ...PUBLISHED, method: 'DELETE' }, 'johnsmith'), 'mismatch');
  assert.equal(outcome({ ...PUBLISHED, rawPath: '/photos/kitten.jpg' }, 'johnsmith'), 'mismatch');
});

test('a URL ends at its time, and none is good for more than a week', () => {
  assert.equal(outcome(PUBLISHED, 'johnsmith', 1_175_139_621_000), 'presignedExpired');
  assert.equal(outcome(PUBLISHED, 'johnsmith', NOW - 604_800_000), 'expires');
});

test('a bucket in the path may be signed with the slash after it, as boto3 does', () => {
  assert.equal(outcome(signed('GET', '/bucket', '/bucket'), undefined), 'verified');
  assert.equal(outcome(signed('GET', '/bucket', '/bucket/'), undefined), 'verified');
  assert.equal(outcome(signed('GET', '/bucket', '/bucket/?policy', 'policy&'), undefined), 'verified');
  assert.equal(outcome(signed('GET', '/bucket/key', '/bucket/key/'), undefined), 'mismatch');
});

test('a sub-resource that was not signed is refused', () => {
  for (const name of ['acl', 'policy', 'publicAccessBlock', 'encryption', 'ownershipControls', 'attributes']) {
    assert.equal(outcome(signed('DELETE', '/bucket', '/bucket', `${name}&`), undefined), 'mismatch', name);
    assert.equal(outcome(signed('DELETE', '/bucket', `/bucket?${name}`, `${name}&`), undefined), 'verified', name);
  }
});

test('parameters of Version 4 do not stand beside a signature that cannot cover them', () => {
  for (const name of ['X-Amz-Date', 'X-Amz-Signature', 'X-Amz-Content-Sha256']) {
    assert.equal(outcome(signed('GET', '/bucket/k', '/bucket/k', `${name}=x&`), undefined), 'twoMechanisms', name);
  }
  const header = { ...signed('GET', '/bucket/k', '/bucket/k'), headers: { authorization: ['AWS4-HMAC-SHA256'] } };
  assert.equal(outcome(header, undefined), 'twoMechanisms');
});
