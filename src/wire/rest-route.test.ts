import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ServiceError } from '../base/service-error.ts';
import { s3 } from './generated/s3.ts';
import { makeS3Router } from './rest-route.ts';
import type { S3Route } from './rest-route.ts';

const router = makeS3Router(s3, ['s3.localhost', 's3.eu-west-1.localhost']);

function route(
  line: string,
  options: { readonly host?: string; readonly headers?: Record<string, string> } = {},
): S3Route {
  const [method = '', target = ''] = line.split(' ');
  const [path = '', query = ''] = target.split('?');
  return router({
    method,
    path,
    host: options.host ?? '127.0.0.1:4566',
    query: new Map(new URLSearchParams(query)),
    headers: options.headers ?? {},
  });
}

function refusal(line: string): string {
  try {
    return `accepted as ${route(line).operation}`;
  } catch (error) {
    assert.ok(error instanceof ServiceError);
    return `${error.code} ${error.status}`;
  }
}

const COPY = { 'x-amz-copy-source': '/from/key' };

test('each of the everyday requests is its operation', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['GET /', 'ListBuckets'],
    ['PUT /b', 'CreateBucket'],
    ['PUT /b/', 'CreateBucket'],
    ['HEAD /b', 'HeadBucket'],
    ['DELETE /b', 'DeleteBucket'],
    ['GET /b', 'ListObjects'],
    ['GET /b/?prefix=a&marker=b', 'ListObjects'],
    ['GET /b?list-type=2&prefix=', 'ListObjectsV2'],
    ['GET /b?versions', 'ListObjectVersions'],
    ['GET /b?uploads', 'ListMultipartUploads'],
    ['GET /b?location', 'GetBucketLocation'],
    ['GET /b?lifecycle', 'GetBucketLifecycleConfiguration'],
    ['PUT /b?notification', 'PutBucketNotificationConfiguration'],
    ['POST /b?delete', 'DeleteObjects'],
    ['PUT /b/k', 'PutObject'],
    ['PUT /b/k?x-id=PutObject', 'PutObject'],
    ['GET /b/k', 'GetObject'],
    ['GET /b/k?partNumber=2&versionId=null', 'GetObject'],
    ['GET /b/k?X-Amz-Signature=a&X-Amz-Expires=60', 'GetObject'],
    ['GET /b/k?attributes', 'GetObjectAttributes'],
    ['HEAD /b/k', 'HeadObject'],
    ['DELETE /b/k', 'DeleteObject'],
    ['PUT /b/k?tagging', 'PutObjectTagging'],
    ['POST /b/k?uploads', 'CreateMultipartUpload'],
    ['POST /b/k?uploads=', 'CreateMultipartUpload'],
    ['PUT /b/k?partNumber=1&uploadId=u', 'UploadPart'],
    ['GET /b/k?uploadId=u', 'ListParts'],
    ['POST /b/k?uploadId=u', 'CompleteMultipartUpload'],
    ['DELETE /b/k?uploadId=u', 'AbortMultipartUpload'],
  ];
  for (const [line, operation] of cases) assert.equal(route(line).operation, operation, line);
  assert.equal(route('PUT /b/k', { headers: COPY }).operation, 'CopyObject');
  assert.equal(route('PUT /b/k?partNumber=1&uploadId=u', { headers: COPY }).operation, 'UploadPartCopy');
  assert.equal(route('PUT /b/k?tagging', { headers: COPY }).operation, 'PutObjectTagging');
});

test('every binding of the model leads to an operation with that binding', () => {
  for (const [name, { method, requestUri }] of [
    ...Object.entries(s3.operations).map(([name, { http }]) => [name, http] as const),
    ...Object.entries(s3.others),
  ]) {
    // These two are called on endpoints of their own.
    if (name === 'WriteGetObjectResponse' || name === 'ListDirectoryBuckets') continue;
    const known = Object.hasOwn(s3.operations, name);
    const target = requestUri.replace('{Bucket}', 'b').replace('{Key+}', 'k');
    const required = ['ListParts', 'AbortMultipartUpload', 'CompleteMultipartUpload'].includes(name)
      ? '?uploadId=u'
      : name.startsWith('UploadPart')
        ? '?uploadId=u&partNumber=1'
        : known || !/^Get.*Configuration$/.test(name) || requestUri.includes('metadata')
          ? ''
          : '&id=1';
    const headers = /^CopyObject$|^UploadPartCopy$/.test(name) ? COPY : {};
    const found = route(`${method} ${target}${required}`, { headers });
    // Two names of one binding: the router answers with the one that replaced the other.
    const replaced = /^(Get|Put)Bucket(Lifecycle|Notification)$/.test(name) ? `${name}Configuration` : name;
    assert.equal(found.operation, replaced);
    assert.equal(found.known, known, name);
  }
});

test('a subresource that has no operation here is named, never taken for the resource itself', () => {
  assert.deepEqual(route('GET /b?analytics'), {
    operation: 'ListBucketAnalyticsConfigurations',
    known: false,
    bucket: 'b',
    key: undefined,
    bucketInHost: false,
  });
  assert.equal(route('GET /b?inventory&id=x').operation, 'GetBucketInventoryConfiguration');
  assert.equal(route('PUT /b?metrics&id=x').known, false);
  assert.equal(route('GET /b/k?torrent').known, false);
  assert.equal(route('POST /b/k?restore').known, false);
  assert.equal(route('POST /b/k?select&select-type=2').known, false);
});

test('a subresource that does not know the method is refused, not ignored', () => {
  for (const line of [
    'DELETE /b?versions',
    'DELETE /b?uploads',
    'DELETE /b/k?acl',
    'PUT /b?location',
    'HEAD /b?policy',
    'PUT /b/k?torrent',
    'POST /b',
    'POST /b/k',
    'HEAD /',
    'PATCH /b/k',
  ]) {
    assert.equal(refusal(line), 'MethodNotAllowed 405', line);
  }
});

test('markers of two operations, and half of what one needs, are refused', () => {
  for (const line of [
    'GET /b?acl&policy',
    'GET /b/k?acl&tagging',
    'PUT /b/k?uploadId=u',
    'PUT /b/k?partNumber=1',
    'GET /b?list-type=1',
    'DELETE /b/k?tagging&uploadId=u',
  ]) {
    assert.equal(refusal(line), 'InvalidArgument 400', line);
  }
});

test('keys come from the raw path: decoded once, never normalised', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['a/../b', 'a/../b'],
    ['../../etc/passwd', '../../etc/passwd'],
    ['//x//', '//x//'],
    ['./.', './.'],
    ['a+b%20c', 'a+b c'],
    ['%252e', '%2e'],
    ['%2F%2e%2E', '/..'],
    ['%E2%82%AC', '€'],
    ['a%00b', 'a\0b'],
  ];
  for (const [raw, key] of cases) {
    const expected = { operation: 'GetObject', known: true, bucket: 'b', key, bucketInHost: false };
    assert.deepEqual(route(`GET /b/${raw}`), expected);
  }
});

test('a path that cannot be decoded is refused', () => {
  for (const line of ['GET /b/%', 'GET /b/%zz', 'GET /%ff/k', 'GET /b/%C3', 'GET /b/%ED%A0%80']) {
    assert.equal(refusal(line), 'InvalidURI 400', line);
  }
});

test('a host below a suffix names the bucket', () => {
  const at = (host: string, line: string): unknown => {
    const { operation, bucket, key, bucketInHost } = route(line, { host });
    return [operation, bucket, key, bucketInHost];
  };
  assert.deepEqual(at('b.s3.localhost:4566', 'GET /a/k'), ['GetObject', 'b', 'a/k', true]);
  assert.deepEqual(at('my.b.S3.localhost', 'PUT /'), ['CreateBucket', 'my.b', undefined, true]);
  assert.deepEqual(at('b.s3.eu-west-1.localhost', 'GET //k'), ['GetObject', 'b', '/k', true]);
  assert.deepEqual(at('b.s3.localhost', 'GET /b/k'), ['GetObject', 'b', 'b/k', true]);
  assert.deepEqual(at('s3.localhost', 'GET /b/k'), ['GetObject', 'b', 'k', false]);
  assert.deepEqual(at('.s3.localhost', 'GET /b/k'), ['GetObject', 'b', 'k', false]);
  assert.deepEqual(at('evils3.localhost', 'GET /b/k'), ['GetObject', 'b', 'k', false]);
});
