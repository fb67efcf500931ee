import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { checksum, compositeChecksum } from '../../wire/checksums.ts';
import { element, elements, openS3, type Answer, type InProcess } from './s3-suite.ts';

const MIB = 1024 * 1024;
const FIRST = Buffer.alloc(5 * MIB, 'a');
const LAST = Buffer.from('the end');

interface Upload {
  readonly s3: InProcess;
  readonly id: string;
  readonly part: (number: number, body: Uint8Array, headers?: Readonly<Record<string, string>>) => Promise<Answer>;
  readonly complete: (
    parts: readonly (readonly [number, Answer])[],
    headers?: Readonly<Record<string, string>>,
    element?: string,
  ) => Promise<Answer>;
}

async function begin(t: Parameters<typeof openS3>[0], headers: Readonly<Record<string, string>> = {}): Promise<Upload> {
  const s3 = await openS3(t);
  await s3.send('PUT /bucket');
  const { text } = await s3.send('POST /bucket/k?uploads', { headers: { 'x-amz-meta-a': 'b', ...headers } });
  const id = element(text, 'UploadId') ?? '';
  return {
    s3,
    id,
    part: (number, body, more = {}) =>
      s3.send(`PUT /bucket/k?partNumber=${number}&uploadId=${id}`, { body, headers: more }),
    complete: (parts, more = {}, name = '') =>
      s3.send(`POST /bucket/k?uploadId=${id}`, { body: completion(parts, name), headers: more }),
  };
}

/** @param name of the checksum element to repeat of each part; '' for none */
function completion(parts: readonly (readonly [number, Answer])[], name: string): string {
  const listed = parts.map(([number, answer]) => {
    const value = answer.headers.get(`x-amz-${name.toLowerCase().replace('checksum', 'checksum-')}`);
    const sum = name === '' ? '' : `<${name}>${value}</${name}>`;
    return `<Part><PartNumber>${number}</PartNumber><ETag>${answer.headers.get('etag')}</ETag>${sum}</Part>`;
  });
  return `<CompleteMultipartUpload>${listed.join('')}</CompleteMultipartUpload>`;
}

function digest(algorithm: Parameters<typeof checksum>[0], ...parts: readonly Uint8Array[]): string {
  const state = checksum(algorithm);
  for (const part of parts) state.update(part);
  return state.digestBase64();
}

test('parts join to an object with the tag of its parts and the checksum of the whole', async (t) => {
  const { s3, part, complete } = await begin(t);
  const last = await part(7, LAST);
  const first = await part(2, FIRST);
  assert.equal((await s3.send('HEAD /bucket/k')).status, 404, 'no object before the upload is complete');
  const done = await complete([
    [2, first],
    [7, last],
  ]);
  assert.equal(done.status, 200);
  const md5 = (bytes: Uint8Array): Buffer => createHash('md5').update(bytes).digest();
  const etag = `"${createHash('md5').update(md5(FIRST)).update(md5(LAST)).digest('hex')}-2"`;
  assert.equal(element(done.text, 'ETag')?.replaceAll('&quot;', '"'), etag);
  assert.equal(element(done.text, 'ChecksumCRC64NVME'), digest('CRC64NVME', FIRST, LAST));
  assert.equal(element(done.text, 'ChecksumType'), 'FULL_OBJECT');
  assert.equal(element(done.text, 'Location'), 'http://localhost/bucket/k');
  const got = await s3.send('GET /bucket/k');
  assert.ok(got.text === FIRST.toString() + LAST.toString());
  assert.deepEqual([got.headers.get('etag'), got.headers.get('x-amz-meta-a')], [etag, 'b']);
  const second = await s3.send('GET /bucket/k?partNumber=2');
  assert.deepEqual([second.status, second.text], [206, 'the end']);
  assert.equal(second.headers.get('x-amz-mp-parts-count'), '2');
  assert.equal(second.headers.get('content-range'), `bytes ${5 * MIB}-${5 * MIB + 6}/${5 * MIB + 7}`);
  assert.equal((await s3.send('GET /bucket/k?partNumber=3')).code, 'InvalidPartNumber');
  assert.equal(
    (await s3.send('GET /bucket/k?partNumber=1', { headers: { range: 'bytes=0-1' } })).code,
    'InvalidRequest',
  );
});

test('a composite checksum is of the parts’ checksums, which the completion repeats', async (t) => {
  const { s3, part, complete } = await begin(t, { 'x-amz-checksum-algorithm': 'SHA256' });
  const parts: readonly (readonly [number, Answer])[] = [
    [1, await part(1, FIRST, { 'x-amz-checksum-sha256': digest('SHA256', FIRST) })],
    [2, await part(2, LAST)],
  ];
  const silent = await complete(parts);
  assert.equal(silent.code, 'InvalidRequest');
  assert.match(silent.text, /It was missing for part 1 in the request\./);
  const done = await complete(parts, {}, 'ChecksumSHA256');
  const whole = compositeChecksum('SHA256', [digest('SHA256', FIRST), digest('SHA256', LAST)]);
  assert.deepEqual([element(done.text, 'ChecksumSHA256'), element(done.text, 'ChecksumType')], [whole, 'COMPOSITE']);
  const shown = await s3.send('HEAD /bucket/k', { headers: { 'x-amz-checksum-mode': 'ENABLED' } });
  assert.equal(shown.headers.get('x-amz-checksum-sha256'), whole);
  const attributes = await s3.send('GET /bucket/k?attributes', {
    headers: { 'x-amz-object-attributes': 'ETag,Checksum,ObjectParts,ObjectSize,StorageClass' },
  });
  assert.equal(element(attributes.text, 'TotalPartsCount') ?? element(attributes.text, 'PartsCount'), '2');
  assert.equal(element(attributes.text, 'ObjectSize'), String(5 * MIB + 7));
  assert.doesNotMatch(element(attributes.text, 'ETag') ?? '"', /"|&quot;/);
  assert.equal(element(element(attributes.text, 'Checksum') ?? '', 'ChecksumSHA256'), whole.split('-')[0]);
});

test('a full-object CRC32 is checked against what the completion says of the whole', async (t) => {
  const headers = { 'x-amz-checksum-algorithm': 'CRC32', 'x-amz-checksum-type': 'FULL_OBJECT' };
  const { part, complete } = await begin(t, headers);
  const parts: readonly (readonly [number, Answer])[] = [
    [1, await part(1, FIRST)],
    [2, await part(2, LAST)],
  ];
  const right = digest('CRC32', FIRST, LAST);
  const bad = await complete(parts, { 'x-amz-checksum-crc32': digest('CRC32', LAST) });
  assert.deepEqual([bad.status, bad.code], [400, 'BadDigest']);
  assert.equal((await complete(parts, { 'x-amz-checksum-type': 'COMPOSITE' })).code, 'InvalidRequest');
  assert.equal((await complete(parts, { 'x-amz-mp-object-size': '1' })).code, 'InvalidRequest');
  const done = await complete(parts, { 'x-amz-checksum-crc32': right, 'x-amz-checksum-type': 'FULL_OBJECT' });
  assert.deepEqual([done.status, element(done.text, 'ChecksumCRC32')], [200, right]);
});

test('algorithms and types that do not go together are refused', async (t) => {
  const s3 = await openS3(t);
  await s3.send('PUT /bucket');
  const code = async (headers: Readonly<Record<string, string>>): Promise<string | undefined> =>
    (await s3.send('POST /bucket/k?uploads', { headers })).code;
  const full = { 'x-amz-checksum-type': 'FULL_OBJECT' };
  const composite = { 'x-amz-checksum-type': 'COMPOSITE' };
  assert.equal(await code({ ...full, 'x-amz-checksum-algorithm': 'SHA1' }), 'InvalidRequest');
  assert.equal(await code({ ...composite, 'x-amz-checksum-algorithm': 'CRC64NVME' }), 'InvalidRequest');
  assert.equal(await code(full), 'InvalidRequest');
  assert.equal(await code({ ...composite, 'x-amz-checksum-algorithm': 'CRC32C' }), undefined);
  assert.equal(await code({ ...full, 'x-amz-checksum-algorithm': 'CRC64NVME' }), undefined);
});

test('a completion names parts that are there, in order, none but the last too small', async (t) => {
  const { part, complete } = await begin(t);
  const small = await part(1, LAST);
  const large = await part(2, FIRST);
  const code = async (parts: readonly (readonly [number, Answer])[]): Promise<string | undefined> =>
    (await complete(parts)).code;
  assert.equal(await code([]), 'MalformedXML');
  assert.equal(
    await code([
      [1, small],
      [2, large],
    ]),
    'EntityTooSmall',
  );
  assert.equal(
    await code([
      [2, large],
      [1, small],
    ]),
    'InvalidPartOrder',
  );
  assert.equal(
    await code([
      [2, large],
      [2, large],
    ]),
    'InvalidPartOrder',
  );
  assert.equal(
    await code([
      [2, large],
      [3, small],
    ]),
    'InvalidPart',
  );
  assert.equal(await code([[2, small]]), 'InvalidPart');
  assert.equal(await code([[2, large]]), undefined);
});

test('a completion may be asked for again while its object is there, with the same parts', async (t) => {
  const { s3, id, part, complete } = await begin(t);
  const first = await part(1, LAST);
  const other = await part(2, LAST);
  const answer = await complete([[1, first]]);
  const again = await complete([[1, first]]);
  assert.equal(again.status, 200);
  assert.equal(element(again.text, 'ETag'), element(answer.text, 'ETag'));
  assert.match(answer.text, /<Checksum/);
  assert.doesNotMatch(again.text, /<Checksum/, 'observed on AWS, September 2026');
  assert.equal((await complete([[2, other]])).code, 'NoSuchUpload');
  assert.equal((await complete([])).code, 'MalformedXML');
  assert.equal((await s3.send(`DELETE /bucket/k?uploadId=${id}`)).status, 204);
  assert.equal((await s3.send(`GET /bucket/k?uploadId=${id}`)).code, 'NoSuchUpload');
  await s3.send('PUT /bucket/k', { body: 'another' });
  assert.equal((await complete([[1, first]])).code, 'NoSuchUpload');
  assert.equal((await s3.send(`DELETE /bucket/k?uploadId=${id}`)).code, 'NoSuchUpload');
  assert.equal((await s3.send('GET /bucket/k')).text, 'another');
});

test('a part is checked like an object, and its number is 1 to 10,000', async (t) => {
  const { s3, id, part } = await begin(t, { 'x-amz-checksum-algorithm': 'CRC32' });
  assert.equal((await part(1, LAST, { 'x-amz-checksum-crc32': digest('CRC32', FIRST) })).code, 'BadDigest');
  assert.equal((await part(1, LAST, { 'x-amz-checksum-sha1': digest('SHA1', LAST) })).code, 'InvalidRequest');
  assert.equal((await part(0, LAST)).code, 'InvalidArgument');
  assert.equal((await part(10_001, LAST)).code, 'InvalidArgument');
  const right = await part(10_000, LAST);
  assert.equal(right.headers.get('x-amz-checksum-crc32'), digest('CRC32', LAST));
  assert.equal((await s3.send(`PUT /bucket/other?partNumber=1&uploadId=${id}`, { body: 'x' })).code, 'NoSuchUpload');
  const parts = await s3.send(`GET /bucket/k?uploadId=${id}`);
  assert.deepEqual(elements(parts.text, 'PartNumber'), ['10000']);
});

test('parts are listed a page at a time', async (t) => {
  const { s3, id, part } = await begin(t);
  for (const number of [1, 2, 4]) await part(number, LAST);
  const first = (await s3.send(`GET /bucket/k?uploadId=${id}&max-parts=2`)).text;
  assert.deepEqual(elements(first, 'PartNumber'), ['1', '2']);
  assert.deepEqual([element(first, 'IsTruncated'), element(first, 'NextPartNumberMarker')], ['true', '2']);
  const second = (await s3.send(`GET /bucket/k?uploadId=${id}&max-parts=2&part-number-marker=2`)).text;
  assert.deepEqual([elements(second, 'PartNumber'), element(second, 'IsTruncated')], [['4'], 'false']);
});

test('an aborted upload is gone, and what is aborted is not there to be aborted', async (t) => {
  const { s3, id, part } = await begin(t);
  await part(1, LAST);
  assert.equal((await s3.send(`DELETE /bucket/k?uploadId=${id}`)).status, 204);
  assert.equal((await s3.send(`DELETE /bucket/k?uploadId=${id}`)).code, 'NoSuchUpload');
  assert.equal((await part(2, LAST)).code, 'NoSuchUpload');
  assert.equal((await s3.send(`GET /bucket/k?uploadId=${id}`)).code, 'NoSuchUpload');
});

test('uploads are listed by key and id, folded below a delimiter, pages joining to the whole', async (t) => {
  const s3 = await openS3(t);
  await s3.send('PUT /bucket');
  for (const key of ['a', 'a', 'dir/1', 'dir/2', 'z']) await s3.send(`POST /bucket/${key}?uploads`);
  const names = (xml: string): readonly string[] => [
    ...elements(xml, 'Upload').map((upload) => `${element(upload, 'Key')} ${element(upload, 'UploadId')}`),
    ...elements(xml, 'CommonPrefixes').map((folded) => element(folded, 'Prefix') ?? ''),
  ];
  for (const [delimiter, count] of [
    ['', 5],
    ['&delimiter=/', 4],
  ] as const) {
    const whole = names((await s3.send(`GET /bucket?uploads${delimiter}`)).text);
    assert.equal(whole.length, count);
    for (const size of [1, 2, 3]) {
      const seen: string[] = [];
      for (let markers: string | undefined = ''; markers !== undefined;) {
        const { text } = await s3.send(`GET /bucket?uploads&max-uploads=${size}${delimiter}${markers}`);
        seen.push(...names(text));
        assert.ok(seen.length <= whole.length);
        markers =
          element(text, 'IsTruncated') === 'true'
            ? `&key-marker=${element(text, 'NextKeyMarker')}&upload-id-marker=${element(text, 'NextUploadIdMarker') ?? ''}`
            : undefined;
      }
      assert.deepEqual(seen.sort(), [...whole].sort(), `${size} at a time${delimiter}`);
    }
  }
  assert.equal(names((await s3.send('GET /bucket?uploads&prefix=dir/')).text).length, 2);
});

test('a completion holds to If-None-Match', async (t) => {
  const { s3, part, complete } = await begin(t);
  const only = await part(1, LAST);
  await s3.send('PUT /bucket/k', { body: 'first' });
  assert.equal((await complete([[1, only]], { 'if-none-match': '*' })).code, 'PreconditionFailed');
  assert.equal((await s3.send('GET /bucket/k')).text, 'first');
  assert.equal((await complete([[1, only]])).status, 200);
});

test('parts are copied from objects, whole or in ranges inside them', async (t) => {
  const { s3, id, complete } = await begin(t);
  await s3.send('PUT /bucket/source', { body: '0123456789' });
  const copy = async (range?: string): Promise<Answer> =>
    s3.send(`PUT /bucket/k?partNumber=1&uploadId=${id}`, {
      headers: { 'x-amz-copy-source': 'bucket/source', ...(range && { 'x-amz-copy-source-range': range }) },
    });
  assert.equal((await copy('bytes=5-10')).code, 'InvalidArgument');
  assert.equal((await copy('bytes=5-')).code, 'InvalidArgument');
  const part = await copy('bytes=2-5');
  const etag = element(part.text, 'ETag')?.replaceAll('&quot;', '"') ?? '';
  const done = await complete([[1, { ...part, headers: new Map([['etag', etag]]) }]]);
  assert.equal(done.status, 200);
  assert.equal((await s3.send('GET /bucket/k')).text, '2345');
});
