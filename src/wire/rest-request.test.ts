import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ServiceError } from '../base/service-error.ts';
import { s3 } from './generated/s3.ts';
import { decodeRest, payloadKind } from './rest-request.ts';
import type { RestRequest } from './rest-request.ts';

interface Sent {
  readonly query?: string;
  readonly headers?: Record<string, string>;
  readonly xml?: string;
}

function request({ query = '', headers = {}, xml }: Sent): RestRequest {
  const payload = xml === undefined ? undefined : Buffer.from(xml);
  return { bucket: 'b', key: 'k', query: new Map(new URLSearchParams(query)), headers, payload };
}

const decode = (operation: string, sent: Sent): unknown => decodeRest(s3, operation, request(sent));

function refusal(operation: string, sent: Sent): ServiceError {
  try {
    decode(operation, sent);
  } catch (error) {
    assert.ok(error instanceof ServiceError);
    return error;
  }
  assert.fail(`${operation} was accepted`);
}

test('query parameters and headers are read with their types', () => {
  assert.deepEqual(
    decode('ListObjectsV2', { query: 'max-keys=7&fetch-owner=true&encoding-type=url&prefix=a%2Fb&x=1' }),
    {
      Bucket: 'b',
      MaxKeys: 7,
      FetchOwner: true,
      EncodingType: 'url',
      Prefix: 'a/b',
    },
  );
  const headers = {
    'content-length': '5368709120',
    'if-modified-since': 'Fri, 11 Sep 2026 11:48:26 GMT',
    'x-amz-object-lock-retain-until-date': '2026-09-11T11:48:26.500Z',
    'x-amz-server-side-encryption-bucket-key-enabled': 'true',
    'x-amz-meta-a': '1',
    'x-amz-meta-b-c': 'é',
    'x-amz-meta-': 'no name',
  };
  assert.deepEqual(decode('PutObject', { headers }), {
    Bucket: 'b',
    Key: 'k',
    ContentLength: 5_368_709_120,
    BucketKeyEnabled: true,
    Metadata: { a: '1', 'b-c': 'é' },
    ObjectLockRetainUntilDate: new Date('2026-09-11T11:48:26.500Z'),
  });
  assert.deepEqual(decode('GetObject', { headers }), {
    Bucket: 'b',
    Key: 'k',
    IfModifiedSince: new Date('2026-09-11T11:48:26Z'),
  });
});

test('metadata named like a part of Object.prototype stays data', () => {
  const headers: Record<string, string> = Object.create(null);
  headers['x-amz-meta-__proto__'] = 'x';
  const input = decodeRest(s3, 'PutObject', { ...request({}), headers });
  const metadata = input['Metadata'];
  assert.ok(typeof metadata === 'object' && metadata !== null);
  assert.deepEqual(Object.entries(metadata), [['__proto__', 'x']]);
  assert.equal(Object.getPrototypeOf(metadata), Object.prototype);
});

test('lists in a header are separated by commas', () => {
  const headers = { 'x-amz-object-attributes': 'ETag, ObjectSize,Checksum' };
  assert.deepEqual(decode('GetObjectAttributes', { headers }), {
    Bucket: 'b',
    Key: 'k',
    ObjectAttributes: ['ETag', 'ObjectSize', 'Checksum'],
  });
  assert.equal(
    refusal('GetObjectAttributes', { headers: { 'x-amz-object-attributes': 'ETag,Nothing' } }).code,
    'InvalidArgument',
  );
  assert.equal(
    refusal('GetObjectAttributes', {}).message,
    'Missing required header for this request: x-amz-object-attributes',
  );
});

test('values of a wrong type are refused by name', () => {
  const cases: readonly (readonly [string, Sent, string, string])[] = [
    [
      'ListObjectsV2',
      { query: 'max-keys=many' },
      'InvalidArgument',
      'Provided max-keys not an integer or within integer range',
    ],
    [
      'ListObjectsV2',
      { query: 'max-keys=2147483648' },
      'InvalidArgument',
      'Provided max-keys not an integer or within integer range',
    ],
    [
      'ListObjectsV2',
      { query: 'encoding-type=base64' },
      'InvalidArgument',
      'Invalid Encoding Method specified in Request',
    ],
    ['ListObjectsV2', { query: 'fetch-owner=maybe' }, 'InvalidArgument', 'Invalid Argument'],
    [
      'UploadPart',
      { query: 'partNumber=one&uploadId=u' },
      'InvalidArgument',
      'Part number must be an integer between 1 and 10000, inclusive',
    ],
    [
      'UploadPart',
      { query: 'partNumber=1' },
      'InvalidArgument',
      'Missing required query parameter for this request: uploadId',
    ],
    [
      'PutObject',
      { headers: { 'x-amz-storage-class': 'ATTIC' } },
      'InvalidStorageClass',
      'The storage class you specified is not valid',
    ],
    ['PutObject', { headers: { 'x-amz-acl': 'mine' } }, 'InvalidArgument', 'Invalid Argument'],
    [
      'CopyObject',
      { headers: { 'x-amz-copy-source': 'a/b', 'x-amz-metadata-directive': 'MOVE' } },
      'InvalidArgument',
      'Unknown metadata directive.',
    ],
    ['CopyObject', {}, 'InvalidRequest', 'Missing required header for this request: x-amz-copy-source'],
  ];
  for (const [operation, sent, code, message] of cases) {
    const error = refusal(operation, sent);
    assert.deepEqual([error.code, error.status, error.message], [code, 400, message]);
  }
  assert.deepEqual(refusal('ListObjectsV2', { query: 'max-keys=many' }).details, {
    ArgumentName: 'max-keys',
    ArgumentValue: 'many',
  });
  assert.deepEqual(refusal('ListObjectsV2', { query: `max-keys=${'9'.repeat(300)}` }).details, {
    ArgumentName: 'max-keys',
  });
});

test('empty parameters that are not text are not there; HTTP dates that cannot be read are ignored', () => {
  assert.deepEqual(decode('ListObjects', { query: 'max-keys=&encoding-type=&prefix=' }), { Bucket: 'b', Prefix: '' });
  for (const no of ['yesterday', '0', '1790000000', '2026-09-11T11:48:26Z', '']) {
    const headers = { 'if-modified-since': no, 'if-unmodified-since': no };
    assert.deepEqual(decode('GetObject', { headers }), { Bucket: 'b', Key: 'k' }, no);
  }
});

test('an XML body is read by its table', () => {
  const xml = `<?xml version="1.0"?><Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Quiet> true </Quiet>
    <Object><Key> a&amp;b </Key></Object><Object><Key>c</Key><VersionId>null</VersionId><New>x</New></Object></Delete>`;
  assert.deepEqual(decode('DeleteObjects', { xml }), {
    Bucket: 'b',
    Delete: { Objects: [{ Key: ' a&b ' }, { Key: 'c', VersionId: 'null' }], Quiet: true },
  });
  const acl = `<AccessControlPolicy><AccessControlList><Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="Group"><URI>u</URI></Grantee><Permission>READ</Permission></Grant></AccessControlList></AccessControlPolicy>`;
  assert.deepEqual(decode('PutBucketAcl', { xml: acl }), {
    Bucket: 'b',
    AccessControlPolicy: { Grants: [{ Grantee: { URI: 'u', Type: 'Group' }, Permission: 'READ' }] },
  });
});

test('an XML body that does not fit is MalformedXML', () => {
  const bodies: readonly (readonly [string, string])[] = [
    ['DeleteObjects', '<Delete><Quiet>true</Quiet></Delete>'],
    ['DeleteObjects', '<Delete><Object/></Delete>'],
    ['DeleteObjects', '<Delete><Object><Key>a</Key><Key>b</Key></Object></Delete>'],
    ['DeleteObjects', '<Delete><Object><Key>a<b/></Key></Object></Delete>'],
    ['DeleteObjects', '<Delete><Object><Key>a</Key></Object><Quiet>1</Quiet></Delete>'],
    ['DeleteObjects', '<Remove><Object><Key>a</Key></Object></Remove>'],
    ['DeleteObjects', '{"Objects":[]}'],
    [
      'CompleteMultipartUpload',
      '<CompleteMultipartUpload><Part><PartNumber>x</PartNumber></Part></CompleteMultipartUpload>',
    ],
    ['PutBucketVersioning', '<VersioningConfiguration><Status>Maybe</Status></VersioningConfiguration>'],
    ['PutObjectRetention', '<Retention><RetainUntilDate>soon</RetainUntilDate></Retention>'],
  ];
  for (const [operation, xml] of bodies) {
    const sent: Sent = { xml, query: 'uploadId=u' };
    assert.equal(refusal(operation, sent).code, 'MalformedXML', xml);
  }
});

test('a body is due where the model says so; a region beyond the model is the operation to refuse', () => {
  assert.equal(refusal('DeleteObjects', { xml: '' }).code, 'MissingRequestBodyError');
  assert.equal(refusal('DeleteObjects', {}).code, 'MissingRequestBodyError');
  assert.deepEqual(decode('CreateBucket', { xml: '' }), { Bucket: 'b' });
  const xml = '<CreateBucketConfiguration><LocationConstraint>mars-1</LocationConstraint></CreateBucketConfiguration>';
  assert.deepEqual(decode('CreateBucket', { xml }), {
    Bucket: 'b',
    CreateBucketConfiguration: { LocationConstraint: 'mars-1' },
  });
});

test('policies are text, object bodies are streams, nothing else is read', async () => {
  assert.deepEqual(
    ['GetObject', 'PutObject', 'PutBucketPolicy', 'DeleteObjects', 'DeleteBucket'].map((name) => payloadKind(s3, name)),
    ['none', 'stream', 'document', 'document', 'none'],
  );
  assert.deepEqual(decode('PutBucketPolicy', { xml: '{"é":1}' }), { Bucket: 'b', Policy: '{"é":1}' });
  const broken = { ...request({}), payload: Uint8Array.of(0xff) };
  assert.throws(() => decodeRest(s3, 'PutBucketPolicy', broken), ServiceError);
  async function* body(): AsyncIterable<Uint8Array> {
    yield Uint8Array.of(1);
  }
  const stream = body();
  assert.equal(decodeRest(s3, 'PutObject', { ...request({}), payload: stream })['Body'], stream);
  assert.throws(() => decodeRest(s3, 'DeleteObjects', { ...request({}), payload: stream }), TypeError);
});
