/** What putting, reading, changing and deleting objects must do, as tests. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NULL_VERSION } from '../../base/version-id.ts';
import {
  ALWAYS,
  bodyOf,
  bytesOf,
  collect,
  factsOf,
  finishFor,
  getBytes,
  md5,
  putBytes,
  when,
} from './object-samples.ts';
import type { ObjectsUnderTest } from './object-samples.ts';
import type { Objects, PutCondition } from './objects.ts';

type Subject = () => ObjectsUnderTest;

export function putSuite(subject: Subject): void {
  const objects = (): Objects => subject().objects;
  roundTrips(subject);
  failures(objects);
  conditions(objects);
  snapshots(objects);
  changes(subject);
}

function roundTrips(subject: Subject): void {
  for (const size of [0, 1, 65_535, 65_536, 65_537, 262_144, 700_001, 3_000_000]) {
    test(`${size} bytes come back as they went in, and so does any range of them`, async () => {
      const { objects } = subject();
      const bytes = bytesOf(size);
      const stored = await putBytes(objects, 'b', 'k', bytes);
      assert.equal(stored.size, size);
      assert.equal(md5(await collect(objects.read(stored, 0, size))), md5(bytes));
      for (const [start, end] of [
        [0, 0],
        [size >> 1, size],
        [1, size - 2],
        [size - 1, size + 9],
        [size, size + 1],
      ] as const) {
        const read = await collect(objects.read(stored, start, end));
        assert.ok(read.equals(bytes.subarray(start, Math.max(start, end + 1))), `${start} to ${end}`);
      }
    });
  }

  test('facts come back as they were given, with the size and the time of the store', async () => {
    subject().now = 1_790_000_000_123;
    const { objects } = subject();
    const stored = await putBytes(objects, 'b', 'k', bytesOf(10));
    const { content, ...rest } = stored;
    const facts = factsOf(md5(bytesOf(10)));
    assert.deepEqual(rest, {
      bucket: 'b',
      key: 'k',
      versionId: NULL_VERSION,
      size: 10,
      lastModified: 1_790_000_000_123,
      ...facts,
    });
    assert.notEqual(content, '');
    assert.deepEqual(await objects.head('b', 'k'), stored);
    assert.equal(await objects.head('b', 'K'), undefined);
    assert.equal(await objects.head('c', 'k'), undefined);
  });

  test('a key is only a name: dots, slashes, zeros and long ones are as good as any', async () => {
    const { objects } = subject();
    const keys = ['../../../etc/passwd', '/', '.', '..', 'a\0b', 'a', 'a/', 'a//b', '😀/é', '%2e%2e', 'x'.repeat(1024)];
    for (const key of keys) await putBytes(objects, 'b', key, Buffer.from(key));
    for (const key of keys) assert.equal((await getBytes(objects, 'b', key))?.toString(), key);
    assert.equal(
      (await objects.list('b', { prefix: '', delimiter: undefined, after: '', limit: 99 })).objects.length,
      11,
    );
    await assert.rejects(putBytes(objects, 'b', 'a\ud800', bytesOf(1)), TypeError);
    assert.ok(await objects.isEmpty('..'));
  });

  test('many puts at once all arrive', async () => {
    const { objects } = subject();
    const puts = Array.from({ length: 60 }, (_, n) => putBytes(objects, 'b', `k${n}`, bytesOf(1_000 * n, n)));
    await Promise.all(puts);
    for (let n = 0; n < 60; n++) assert.ok((await getBytes(objects, 'b', `k${n}`))?.equals(bytesOf(1_000 * n, n)));
  });

  test('what was put is there after opening again', async () => {
    const stored = await putBytes(subject().objects, 'b', 'k', bytesOf(100_000));
    const again = await subject().reopen();
    assert.deepEqual(await again.head('b', 'k'), stored);
    assert.ok((await getBytes(again, 'b', 'k'))?.equals(bytesOf(100_000)));
  });

  test('a closed store refuses, and closing waits for what is being committed', async () => {
    const { objects } = subject();
    await objects.close();
    await objects.close();
    await assert.rejects(putBytes(objects, 'b', 'k', bytesOf(1)));
    await assert.rejects(objects.delete('b', 'k', NULL_VERSION));
    await assert.rejects(objects.head('b', 'k'));
  });
}

function failures(objects: () => Objects): void {
  for (const size of [0, 10, 500_000]) {
    test(`a body that fails after ${size} bytes leaves what was there`, async () => {
      await putBytes(objects(), 'b', 'k', Buffer.from('old'));
      const failure = new Error('the client went away');
      const body = async function* (): AsyncGenerator<Uint8Array> {
        yield* bodyOf(bytesOf(size));
        throw failure;
      };
      await assert.rejects(objects().put('b', 'k', body(), finishFor(bytesOf(0)), ALWAYS), failure);
      await assert.rejects(objects().put('b', 'new', body(), finishFor(bytesOf(0)), ALWAYS), failure);
      assert.equal((await getBytes(objects(), 'b', 'k'))?.toString(), 'old');
      assert.equal(await objects().head('b', 'new'), undefined);
    });

    test(`a finish that refuses ${size} bytes leaves what was there`, async () => {
      await putBytes(objects(), 'b', 'k', Buffer.from('old'));
      const failure = new Error('the checksum is another one');
      let told: number | undefined;
      const refuse = (bytes: number): never => {
        told = bytes;
        throw failure;
      };
      await assert.rejects(objects().put('b', 'k', bodyOf(bytesOf(size)), refuse, ALWAYS), failure);
      assert.equal(told, size);
      assert.equal((await getBytes(objects(), 'b', 'k'))?.toString(), 'old');
    });
  }

  test('nothing is to be seen of a put before its last byte', async () => {
    const halfway = Promise.withResolvers<void>();
    const seen = Promise.withResolvers<void>();
    const bytes = bytesOf(400_000);
    const body = async function* (): AsyncGenerator<Uint8Array> {
      yield bytes.subarray(0, 300_000);
      halfway.resolve();
      await seen.promise;
      yield bytes.subarray(300_000);
    };
    const putting = objects().put('b', 'k', body(), finishFor(bytes), ALWAYS);
    await halfway.promise;
    assert.equal(await objects().head('b', 'k'), undefined);
    assert.ok(await objects().isEmpty('b'));
    seen.resolve();
    assert.equal((await putting).kind, 'stored');
    assert.ok((await getBytes(objects(), 'b', 'k'))?.equals(bytes));
  });

  test('a body that is waited for does not keep others from theirs', async () => {
    const stuck = Promise.withResolvers<void>();
    const body = async function* (): AsyncGenerator<Uint8Array> {
      yield bytesOf(300_000);
      await stuck.promise;
    };
    const putting = objects().put('b', 'slow', body(), finishFor(bytesOf(0)), ALWAYS);
    await putBytes(objects(), 'b', 'quick', bytesOf(300_000));
    stuck.resolve();
    await putting;
  });
}

function conditions(objects: () => Objects): void {
  const put = (text: string, condition: PutCondition): ReturnType<Objects['put']> =>
    objects().put('b', 'k', bodyOf(Buffer.from(text)), finishFor(Buffer.from(text)), when(condition));

  test('of many that put only where nothing is, one is stored', async () => {
    const results = await Promise.all(Array.from({ length: 20 }, (_, n) => put(`${n}`, { kind: 'absent' })));
    assert.equal(results.filter((result) => result.kind === 'stored').length, 1);
    assert.equal(results.filter((result) => result.kind === 'conditionFailed').length, 19);
    const winner = results.findIndex((result) => result.kind === 'stored');
    assert.equal((await getBytes(objects(), 'b', 'k'))?.toString(), `${winner}`);
  });

  test('of many that replace one ETag, one is stored', async () => {
    assert.deepEqual(await put('x', { kind: 'etag', etag: md5(Buffer.from('first')) }), { kind: 'noSuchKey' });
    assert.equal(await objects().head('b', 'k'), undefined);
    await put('first', { kind: 'none' });
    const condition = { kind: 'etag', etag: md5(Buffer.from('first')) } as const;
    const results = await Promise.all(Array.from({ length: 20 }, (_, n) => put(`${n}`, condition)));
    assert.equal(results.filter((result) => result.kind === 'stored').length, 1);
    assert.equal(results.filter((result) => result.kind === 'conditionFailed').length, 19);
  });
}

function snapshots(objects: () => Objects): void {
  for (const size of [1_000, 2_000_000]) {
    test(`who looked up ${size} bytes reads them, though they are replaced or deleted before the reading`, async () => {
      const first = await putBytes(objects(), 'b', 'k', bytesOf(size, 1));
      const second = await putBytes(objects(), 'b', 'k', bytesOf(size, 2));
      assert.notEqual(first.content, second.content);
      assert.ok((await collect(objects().read(first, 0, size))).equals(bytesOf(size, 1)));
      await objects().delete('b', 'k', NULL_VERSION);
      assert.ok((await collect(objects().read(second, 0, size))).equals(bytesOf(size, 2)));
    });
  }

  test('who is reading reads on, though the object is replaced and replaced again', async () => {
    const bytes = bytesOf(2_000_000);
    const object = await putBytes(objects(), 'b', 'k', bytes);
    const read: Uint8Array[] = [];
    let replaced = 0;
    for await (const chunk of objects().read(object, 0, bytes.length)) {
      read.push(chunk);
      if (replaced++ < 3) await putBytes(objects(), 'b', 'k', bytesOf(100, replaced));
    }
    assert.ok(Buffer.concat(read).equals(bytes));
  });

  test('a reader may leave before the end', async () => {
    const object = await putBytes(objects(), 'b', 'k', bytesOf(2_000_000));
    for await (const chunk of objects().read(object, 0, object.size)) {
      assert.ok(chunk.length > 0);
      break;
    }
    assert.ok(await objects().delete('b', 'k', NULL_VERSION));
  });
}

function changes(subject: Subject): void {
  const objects = (): Objects => subject().objects;

  test('delete says whether there was an object', async () => {
    const object = await putBytes(objects(), 'b', 'k', bytesOf(10));
    assert.equal(await objects().isEmpty('b'), false);
    assert.equal(await objects().delete('c', 'k', NULL_VERSION), undefined);
    assert.deepEqual(await objects().delete('b', 'k', NULL_VERSION), { kind: 'object', object });
    assert.equal(await objects().delete('b', 'k', NULL_VERSION), undefined);
    assert.equal(await objects().head('b', 'k'), undefined);
    assert.equal(await objects().isEmpty('b'), true);
  });

  test('an update changes facts and no bytes; none is lost', async () => {
    const object = await putBytes(objects(), 'b', 'k', bytesOf(10));
    const add = (n: number): Promise<boolean> =>
      objects().update('b', 'k', NULL_VERSION, (now) => ({ ...now, tags: { ...now.tags, [`t${n}`]: `${n}` } }));
    assert.deepEqual(await Promise.all([1, 2, 3].map(add)), [true, true, true]);
    assert.deepEqual(await objects().head('b', 'k'), {
      ...object,
      tags: { Stage: 'test', t1: '1', t2: '2', t3: '3' },
    });
    assert.ok((await getBytes(objects(), 'b', 'k'))?.equals(bytesOf(10)));
    assert.equal(await objects().update('b', 'none', NULL_VERSION, (now) => now), false);
  });

  test('an update that throws changes nothing', async () => {
    const object = await putBytes(objects(), 'b', 'k', bytesOf(10));
    const failure = new Error('no');
    const failing = objects().update('b', 'k', NULL_VERSION, () => {
      throw failure;
    });
    const beside = putBytes(objects(), 'b', 'beside', bytesOf(10));
    await assert.rejects(failing, failure);
    await beside;
    assert.deepEqual(await objects().head('b', 'k'), object);
  });
}
