import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ServiceError } from '../base/service-error.ts';
import { s3 } from './generated/s3.ts';
import { encodeRest, encodeRestError } from './rest-response.ts';

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const XMLNS = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

test('a listing is a document with flattened lists and times in milliseconds', () => {
  const answer = encodeRest(s3, 'ListObjectsV2', {
    Name: 'b',
    Prefix: '',
    IsTruncated: false,
    Contents: [{ Key: 'a&b', LastModified: new Date('2026-09-11T11:48:26Z'), ETag: '"x"', Size: 0 }, { Key: 'c' }],
    CommonPrefixes: [],
    RequestCharged: 'requester',
  });
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.headers, [
    ['content-type', 'application/xml'],
    ['x-amz-request-charged', 'requester'],
  ]);
  assert.equal(
    answer.body,
    `${HEAD}<ListBucketResult ${XMLNS}><IsTruncated>false</IsTruncated>` +
      '<Contents><Key>a&amp;b</Key><LastModified>2026-09-11T11:48:26.000Z</LastModified><ETag>&quot;x&quot;</ETag><Size>0</Size></Contents>' +
      '<Contents><Key>c</Key></Contents><Name>b</Name><Prefix></Prefix></ListBucketResult>',
  );
});

test('an object is its stream, its facts are headers', () => {
  async function* stream(): AsyncIterable<Uint8Array> {
    yield Uint8Array.of(1);
  }
  const body = stream();
  const answer = encodeRest(s3, 'GetObject', {
    Body: body,
    ContentLength: 1,
    ETag: '"x"',
    LastModified: new Date('2026-09-11T11:48:26Z'),
    ObjectLockRetainUntilDate: new Date('2026-09-11T11:48:26Z'),
    Metadata: { a: '1' },
    BucketKeyEnabled: false,
  });
  assert.equal(answer.body, body);
  assert.deepEqual(
    new Map(answer.headers),
    new Map([
      ['Last-Modified', 'Fri, 11 Sep 2026 11:48:26 GMT'],
      ['Content-Length', '1'],
      ['ETag', '"x"'],
      ['x-amz-meta-a', '1'],
      ['x-amz-server-side-encryption-bucket-key-enabled', 'false'],
      ['x-amz-object-lock-retain-until-date', '2026-09-11T11:48:26.000Z'],
    ]),
  );
});

test('an answer to HEAD and one without members have no body; the model says the status', () => {
  const head = encodeRest(s3, 'HeadObject', { ContentLength: 7 });
  assert.deepEqual(head, { status: 200, headers: [['Content-Length', '7']], body: undefined });
  assert.deepEqual(encodeRest(s3, 'DeleteBucket', {}), { status: 204, headers: [], body: undefined });
  assert.equal(encodeRest(s3, 'DeleteObject', { DeleteMarker: true }).status, 204);
  assert.equal(encodeRest(s3, 'PutObject', { ETag: '"x"' }).body, undefined);
});

test('the answers that are unlike the others', () => {
  const of = (operation: string, output: object): unknown => encodeRest(s3, operation, output).body;
  assert.equal(of('GetBucketLocation', {}), `${HEAD}<LocationConstraint ${XMLNS}/>`);
  assert.equal(
    of('GetBucketLocation', { LocationConstraint: 'eu-west-1' }),
    `${HEAD}<LocationConstraint ${XMLNS}>eu-west-1</LocationConstraint>`,
  );
  assert.equal(of('GetBucketVersioning', {}), `${HEAD}<VersioningConfiguration ${XMLNS}/>`);
  assert.equal(of('DeleteObjects', {}), `${HEAD}<DeleteResult ${XMLNS}/>`);
  assert.equal(
    of('GetObjectLegalHold', { LegalHold: { Status: 'ON' } }),
    `${HEAD}<LegalHold ${XMLNS}><Status>ON</Status></LegalHold>`,
  );
  assert.equal(
    of('CopyObject', { CopyObjectResult: { ETag: 'x' } }),
    `${HEAD}<CopyObjectResult ${XMLNS}><ETag>x</ETag></CopyObjectResult>`,
  );
  assert.equal(of('GetBucketTagging', { TagSet: [] }), `${HEAD}<Tagging ${XMLNS}><TagSet/></Tagging>`);
  const policy = encodeRest(s3, 'GetBucketPolicy', { Policy: '{}' });
  assert.deepEqual(policy, { status: 200, headers: [['content-type', 'application/json']], body: '{}' });
  assert.match(
    String(of('GetBucketAcl', { Grants: [{ Grantee: { Type: 'Group', URI: 'u' }, Permission: 'READ' }] })),
    /<Grantee xmlns:xsi="http:\/\/www.w3.org\/2001\/XMLSchema-instance" xsi:type="Group"><URI>u<\/URI><\/Grantee>/,
  );
});

test('a refusal is an Error document, for HEAD its status alone', () => {
  const error = new ServiceError('NoSuchKey', 404, 'The specified key does not exist.', {
    details: { Key: 'a<b' },
    reason: 'secret',
  });
  const facts = { requestId: 'R', hostId: 'H', method: 'GET' };
  assert.deepEqual(encodeRestError(error, facts), {
    status: 404,
    headers: [['content-type', 'application/xml']],
    body: `${HEAD}<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Key>a&lt;b</Key><RequestId>R</RequestId><HostId>H</HostId></Error>`,
  });
  assert.deepEqual(encodeRestError(error, { ...facts, method: 'HEAD' }), { status: 404, headers: [], body: undefined });
  const unchanged = new ServiceError('NotModified', 304, 'Not Modified');
  assert.equal(encodeRestError(unchanged, facts).body, undefined);
});
