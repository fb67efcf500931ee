/** URLs of Signature Version 2 over a real socket: good for what was signed, and for nothing beside it. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { makeBucket } from '../../src/cli/demo/make-bucket.ts';
import { presignRequest } from '../../src/credentials/signature-v4/sign-request.ts';
import { startSojourn, type RunningSojourn } from './running-sojourn.ts';

let sojourn: RunningSojourn;
before(async () => {
  sojourn = await startSojourn();
  await makeBucket({ endpoint: sojourn.url, region: 'us-east-1', credentials: sojourn }, 'bucket');
  assert.equal((await put('y/z', 'what was signed')).status, 200);
  assert.equal((await put('bucket/y/z', 'what was not')).status, 200);
});
after(() => sojourn.dispose());

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** With a `Host` of the test's choice, which `fetch` does not send. */
function send(method: string, target: string, host?: string, body = ''): Promise<Answer> {
  const { hostname, port } = new URL(sojourn.url);
  return new Promise((resolve, reject) => {
    const headers = host === undefined ? {} : { host };
    const sent = request({ hostname, port, method, path: target, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('error', reject).end(body);
  });
}

function put(key: string, body: string): Promise<Answer> {
  const rawPath = `/bucket/${key}`;
  const unsigned = {
    method: 'PUT',
    rawPath,
    rawQuery: '',
    headers: { host: [new URL(sojourn.url).host] },
    payloadHash: 'UNSIGNED-PAYLOAD',
  };
  const scope = { service: 's3', region: 'us-east-1', now: Date.now(), expires: 60 };
  return send('PUT', `${rawPath}?${presignRequest(unsigned, sojourn, scope)}`, undefined, body);
}

/** The parameters that sign `GET resource`. */
function signature(resource: string): string {
  const expires = Math.floor(Date.now() / 1000) + 60;
  const text = `GET\n\n\n${expires}\n${resource}`;
  const signed = createHmac('sha1', sojourn.secretAccessKey).update(text).digest('base64');
  return `AWSAccessKeyId=${sojourn.accessKeyId}&Expires=${expires}&Signature=${encodeURIComponent(signed)}`;
}

test('a URL reads the object that it was signed for, the bucket in the path or in the host', async () => {
  const query = signature('/bucket/y/z');
  assert.equal((await send('GET', `/bucket/y/z?${query}`)).text, 'what was signed');
  assert.equal((await send('GET', `/y/z?${query}`, 'bucket.s3.localhost')).text, 'what was signed');
  const nested = signature('/bucket/bucket/y/z');
  assert.equal((await send('GET', `/bucket/y/z?${nested}`, 'bucket.s3.localhost')).text, 'what was not');
});

test('the host does not make another key of the signed path', async () => {
  const answer = await send('GET', `/bucket/y/z?${signature('/bucket/y/z')}`, 'bucket.s3.localhost');
  assert.equal(answer.status, 403);
  assert.match(answer.text, /<Code>SignatureDoesNotMatch<\/Code>/);
  assert.doesNotMatch(answer.text, /<CanonicalRequest/);
});

test('sub-resources are not added, however they are spelled', async () => {
  const query = signature('/bucket/y/z');
  for (const added of ['acl', 'tagging', '%61cl', 'acl=', 'X-Amz-Date=20260911T114826Z']) {
    const { status, text } = await send('GET', `/bucket/y/z?${added}&${query}`);
    assert.ok(status === 403 || status === 400, `${added}: ${status} ${text}`);
  }
  // A question mark too many belongs to the name: no sub-resource is called "?acl".
  assert.equal((await send('GET', `/bucket/y/z??acl&${query}`)).text, 'what was signed');
  assert.equal((await send('GET', `/bucket/y/z?acl&${signature('/bucket/y/z?acl')}`)).status, 200);
});
