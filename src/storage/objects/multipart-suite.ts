/** What multipart uploads must do, as tests. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ALWAYS,
  bodyOf,
  bytesOf,
  collect,
  factsOf,
  getBytes,
  md5,
  putBytes,
  uploadOf,
  when,
} from './object-samples.ts';
import type { ObjectsUnderTest } from './object-samples.ts';
import type { MultipartUpload, Objects, PartFacts } from './objects.ts';

export function multipartSuite(subject: () => ObjectsUnderTest): void {
  const objects = (): Objects => subject().objects;
  completing(subject);
  parts(objects);
  ending(subject);
  listingUploads(objects);
}

function putPart(
  objects: Objects,
  upload: MultipartUpload,
  number: number,
  bytes: Uint8Array,
): Promise<PartFacts | undefined> {
  const checksums = { CRC32: `crc${number}` };
  return objects.putPart(upload, number, bodyOf(bytes), () => ({ etag: md5(bytes), checksums }));
}

async function begin(objects: Objects, key = 'k', uploadId = 'u1'): Promise<MultipartUpload> {
  const upload = uploadOf('b', key, uploadId);
  await objects.createUpload(upload);
  return upload;
}

function completing(subject: () => ObjectsUnderTest): void {
  const objects = (): Objects => subject().objects;

  test('parts become one object in their order, however they came, and any range of it can be read', async () => {
    const upload = await begin(objects());
    const sizes = new Map([
      [1, 70_000],
      [2, 300_000],
      [5, 1],
      [9, 0],
      [10, 65_536],
    ]);
    const order = [10, 2, 9, 1, 5];
    for (const number of order) await putPart(objects(), upload, number, bytesOf(sizes.get(number) ?? 0, number));
    const expected = Buffer.concat([...sizes].map(([number, size]) => bytesOf(size, number)));
    subject().now = 1_795_000_000_000;
    const numbers = [...sizes.keys()];
    const result = await objects().completeUpload(upload, numbers, factsOf('abc-5'), ALWAYS);
    assert.equal(result.kind, 'stored');
    const object = await objects().head('b', 'k');
    assert.ok(object);
    assert.deepEqual(result, { kind: 'stored', object });
    assert.equal(object.size, expected.length);
    assert.equal(object.etag, 'abc-5');
    assert.equal(object.lastModified, upload.initiated);
    assert.deepEqual(
      object.parts?.map((part) => [part.number, part.size, part.etag, part.checksums]),
      numbers.map((number) => [
        number,
        sizes.get(number),
        md5(bytesOf(sizes.get(number) ?? 0, number)),
        { CRC32: `crc${number}` },
      ]),
    );
    assert.ok((await collect(objects().read(object, 0, object.size - 1))).equals(expected));
    for (const [start, end] of [
      [0, 0],
      [69_999, 70_000],
      [70_000, 370_001],
      [369_999, 435_536],
      [370_001, 999_999],
    ] as const) {
      assert.ok(
        (await collect(objects().read(object, start, end))).equals(expected.subarray(start, end + 1)),
        `${start}`,
      );
    }
    assert.equal(await objects().getUpload('b', 'k', 'u1'), undefined);
    const [listed] = (await objects().list('b', { prefix: '', delimiter: undefined, after: '', limit: 1 })).objects;
    const { parts: _left, ...withoutParts } = object;
    assert.deepEqual(listed, withoutParts);
  });

  test('only the named parts are in the object', async () => {
    const upload = await begin(objects());
    for (const number of [1, 2, 3]) await putPart(objects(), upload, number, Buffer.from(`part ${number} `));
    await objects().completeUpload(upload, [1, 3], factsOf('abc-2'), ALWAYS);
    assert.equal((await getBytes(objects(), 'b', 'k'))?.toString(), 'part 1 part 3 ');
    assert.equal((await objects().head('b', 'k'))?.parts?.length, 2);
  });

  test('nothing changes when a part is missing or another one by now, or the condition fails', async () => {
    await putBytes(objects(), 'b', 'k', Buffer.from('old'));
    const upload = await begin(objects());
    const part = await putPart(objects(), upload, 1, Buffer.from('new'));
    assert.ok(part);
    const complete = (numbers: readonly number[], condition = ALWAYS): ReturnType<Objects['completeUpload']> =>
      objects().completeUpload(upload, numbers, { ...factsOf('abc-1'), parts: [part] }, condition);
    assert.deepEqual(await complete([1, 2]), { kind: 'noSuchPart', number: 2 });
    assert.deepEqual(await complete([1], when({ kind: 'absent' })), { kind: 'conditionFailed' });
    assert.deepEqual(await complete([1], when({ kind: 'etag', etag: 'other' })), { kind: 'conditionFailed' });
    await assert.rejects(complete([2, 1]), RangeError);
    await assert.rejects(complete([1, 1]), RangeError);
    await putPart(objects(), upload, 1, Buffer.from('newer'));
    assert.deepEqual(await complete([1]), { kind: 'noSuchPart', number: 1 });
    assert.equal((await getBytes(objects(), 'b', 'k'))?.toString(), 'old');
    assert.equal((await objects().listParts(upload, 0, 10)).length, 1);
    const none = { ...upload, key: 'none' };
    assert.deepEqual(await objects().completeUpload(none, [1], factsOf('x-1'), when({ kind: 'etag', etag: 'x' })), {
      kind: 'noSuchUpload',
    });
  });

  test('an upload is completed once', async () => {
    const upload = await begin(objects());
    await putPart(objects(), upload, 1, Buffer.from('bytes'));
    const results = await Promise.all(
      Array.from({ length: 5 }, () => objects().completeUpload(upload, [1], factsOf('abc-1'), ALWAYS)),
    );
    assert.deepEqual(results.map((result) => result.kind).sort(), [
      'noSuchUpload',
      'noSuchUpload',
      'noSuchUpload',
      'noSuchUpload',
      'stored',
    ]);
    assert.equal((await getBytes(objects(), 'b', 'k'))?.toString(), 'bytes');
  });

  test('a reader of a multipart object reads on when it is replaced', async () => {
    const upload = await begin(objects());
    for (const number of [1, 2, 3]) await putPart(objects(), upload, number, bytesOf(200_000, number));
    await objects().completeUpload(upload, [1, 2, 3], factsOf('abc-3'), ALWAYS);
    const object = await objects().head('b', 'k');
    assert.ok(object);
    const read: Uint8Array[] = [];
    for await (const chunk of objects().read(object, 0, object.size)) {
      if (read.length === 0) await putBytes(objects(), 'b', 'k', Buffer.from('new'));
      read.push(chunk);
    }
    assert.ok(Buffer.concat(read).equals(Buffer.concat([1, 2, 3].map((number) => bytesOf(200_000, number)))));
    assert.equal((await objects().head('b', 'k'))?.parts, undefined);
  });
}

function parts(objects: () => Objects): void {
  test('parts are listed in order and in pages; a part that comes again replaces the first', async () => {
    const upload = await begin(objects());
    for (const number of [3, 1, 10_000, 2]) await putPart(objects(), upload, number, bytesOf(number));
    await putPart(objects(), upload, 2, bytesOf(22));
    const listed = await objects().listParts(upload, 0, 10);
    assert.deepEqual(
      listed.map((part) => [part.number, part.size]),
      [
        [1, 1],
        [2, 22],
        [3, 3],
        [10_000, 10_000],
      ],
    );
    assert.deepEqual(
      (await objects().listParts(upload, 1, 2)).map((part) => part.number),
      [2, 3],
    );
    assert.deepEqual(await objects().listParts(upload, 10_000, 2), []);
    assert.deepEqual(await objects().listParts({ ...upload, uploadId: 'other' }, 0, 2), []);
  });

  test('parts and uploads are no objects', async () => {
    const upload = await begin(objects());
    await putPart(objects(), upload, 1, bytesOf(10));
    assert.equal(await objects().head('b', 'k'), undefined);
    assert.ok(await objects().isEmpty('b'));
  });

  test('a part whose body fails is not there, the one before stays', async () => {
    const upload = await begin(objects());
    await putPart(objects(), upload, 1, bytesOf(10));
    const failure = new Error('the client went away');
    const body = async function* (): AsyncGenerator<Uint8Array> {
      yield bytesOf(100_000);
      throw failure;
    };
    const finish = (): Pick<PartFacts, 'etag' | 'checksums'> => ({ etag: 'x', checksums: {} });
    await assert.rejects(objects().putPart(upload, 1, body(), finish), failure);
    await assert.rejects(objects().putPart(upload, 2, body(), finish), failure);
    assert.deepEqual(
      (await objects().listParts(upload, 0, 10)).map((part) => part.size),
      [10],
    );
  });
}

function ending(subject: () => ObjectsUnderTest): void {
  const objects = (): Objects => subject().objects;

  test('an aborted upload is gone with its parts; what comes later for it is told', async () => {
    const upload = await begin(objects());
    await putPart(objects(), upload, 1, bytesOf(10));
    assert.equal(await objects().abortUpload('b', 'k', 'other'), false);
    assert.equal(await objects().abortUpload('b', 'k', 'u1'), true);
    assert.equal(await objects().abortUpload('b', 'k', 'u1'), false);
    assert.equal(await putPart(objects(), upload, 2, bytesOf(10)), undefined);
    assert.deepEqual(await objects().listParts(upload, 0, 10), []);
    assert.deepEqual(await objects().completeUpload(upload, [1], factsOf('x-1'), ALWAYS), { kind: 'noSuchUpload' });
  });

  test('an upload goes on after opening again', async () => {
    const upload = await begin(objects());
    await putPart(objects(), upload, 1, Buffer.from('one '));
    const again = await subject().reopen();
    assert.deepEqual(await again.getUpload('b', 'k', 'u1'), upload);
    await putPart(again, upload, 2, Buffer.from('two'));
    await again.completeUpload(upload, [1, 2], factsOf('x-2'), ALWAYS);
    assert.equal((await getBytes(again, 'b', 'k'))?.toString(), 'one two');
  });

  test('of a dropped bucket nothing is left, of others everything', async () => {
    await begin(objects(), 'k', 'u1');
    const upload = await begin(objects(), 'k', 'u2');
    await putPart(objects(), upload, 1, bytesOf(10));
    await putBytes(objects(), 'b', 'late', bytesOf(10));
    await putBytes(objects(), 'c', 'k', bytesOf(10));
    await objects().createUpload(uploadOf('c', 'k', 'u3'));
    await objects().dropBucket('b');
    assert.ok(await objects().isEmpty('b'));
    assert.deepEqual(await objects().listUploads('b', '', undefined, 10), []);
    assert.equal(await putPart(objects(), upload, 2, bytesOf(10)), undefined);
    assert.equal(await objects().isEmpty('c'), false);
    assert.equal((await objects().listUploads('c', '', undefined, 10)).length, 1);
  });
}

function listingUploads(objects: () => Objects): void {
  test('uploads are listed by key and upload id, in pages, by prefix', async () => {
    const names = [
      ['a', '2'],
      ['a', '1'],
      ['a/b', '1'],
      ['b', '1'],
      ['😀', '1'],
      ['\uffff', '1'],
    ] as const;
    for (const [key, uploadId] of names) await begin(objects(), key, uploadId);
    const list = async (
      prefix: string,
      after: Parameters<Objects['listUploads']>[2],
      limit: number,
    ): Promise<string[]> =>
      (await objects().listUploads('b', prefix, after, limit)).map(({ key, uploadId }) => `${key} ${uploadId}`);
    assert.deepEqual(await list('', undefined, 10), ['a 1', 'a 2', 'a/b 1', 'b 1', '\uffff 1', '😀 1']);
    assert.deepEqual(await list('', { key: 'a', uploadId: '1' }, 2), ['a 2', 'a/b 1']);
    assert.deepEqual(await list('', { key: 'a', uploadId: '2' }, 1), ['a/b 1']);
    assert.deepEqual(await list('a', { key: 'a', uploadId: '2' }, 9), ['a/b 1']);
    assert.deepEqual(await list('a/', { key: '', uploadId: '' }, 9), ['a/b 1']);
    assert.deepEqual(await list('a', { key: 'b', uploadId: '' }, 9), []);
    assert.deepEqual((await objects().listUploads('b', 'b', undefined, 1))[0], uploadOf('b', 'b', '1'));
  });
}
