/** Presigned URLs as clients make them: what the signature covers is heeded, what it does not is refused. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { presignRequest } from '../../src/credentials/signature-v4/sign-request.ts';
import { makeBucket } from '../../src/cli/demo/make-bucket.ts';
import { startSojourn, type RunningSojourn } from './running-sojourn.ts';

let sojourn: RunningSojourn;
before(async () => {
  sojourn = await startSojourn();
  await makeBucket({ endpoint: sojourn.url, region: 'us-east-1', credentials: sojourn }, 'presigned');
});
after(() => sojourn.dispose());

function presign(method: string, key: string, query = '', expires = 60, now = Date.now()): string {
  const url = new URL(`/presigned/${key}`, sojourn.url);
  const signed = presignRequest(
    {
      method,
      rawPath: url.pathname,
      rawQuery: query,
      headers: { host: [url.host] },
      payloadHash: 'UNSIGNED-PAYLOAD',
    },
    sojourn,
    { service: 's3', region: 'us-east-1', now, expires },
  );
  return `${url.href}?${signed}`;
}

test('a presigned PUT keeps the metadata that the presigner moved into the query', async () => {
  const put = await fetch(presign('PUT', 'a', 'x-amz-meta-who=job'), { method: 'PUT', body: 'hello' });
  assert.equal(put.status, 200, await put.text());
  const got = await fetch(presign('GET', 'a'));
  assert.equal(await got.text(), 'hello');
  assert.equal(got.headers.get('x-amz-meta-who'), 'job');
});

test('metadata added after signing is refused, in the query and as a header', async () => {
  const inQuery = await fetch(`${presign('PUT', 'b')}&x-amz-meta-who=thief`, { method: 'PUT', body: 'x' });
  assert.equal(inQuery.status, 403);
  assert.match(await inQuery.text(), /<Code>SignatureDoesNotMatch<\/Code>/);
  const asHeader = await fetch(presign('PUT', 'b'), {
    method: 'PUT',
    body: 'x',
    headers: { 'x-amz-meta-who': 'thief' },
  });
  assert.equal(asHeader.status, 403);
  assert.match(await asHeader.text(), /<Code>AccessDenied<\/Code>/);
  assert.equal((await fetch(presign('GET', 'b'))).status, 404);
});

test('an expired URL and one for another key say so', async () => {
  const expired = await fetch(presign('GET', 'a', '', 1, Date.now() - 5000));
  assert.equal(expired.status, 403);
  assert.match(await expired.text(), /<Message>Request has expired<\/Message>/);
  const tampered = await fetch(presign('GET', 'a').replace('/a?', '/c?'));
  assert.equal(tampered.status, 403);
});
