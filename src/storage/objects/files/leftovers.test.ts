/** What lies in the directory of an object store: the blobs of its objects, and nothing else for long. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import { NULL_VERSION } from '../../../base/version-id.ts';
import { StorageError } from '../../storage-error.ts';
import {
  ALWAYS,
  BESIDE,
  bodyOf,
  bytesOf,
  collect,
  factsOf,
  finishFor,
  getBytes,
  putBytes,
  uploadOf,
  when,
} from '../object-samples.ts';
import type { Objects } from '../objects.ts';
import { openFileObjects } from './file-objects.ts';

const clock = { now: (): number => 1_790_000_000_000 };
/** Milliseconds. */
const KEPT = 20;

test('an object is one blob; a replaced, deleted or refused one is none after a while', async (t) => {
  const store = await open(t);
  await putBytes(store.objects, 'b', 'kept', bytesOf(100_000));
  await putBytes(store.objects, 'b', 'k', bytesOf(10));
  await putBytes(store.objects, 'b', 'k', bytesOf(200_000));
  await store.objects.delete('b', 'k', NULL_VERSION);
  await store.objects.put('b', 'kept', bodyOf(bytesOf(10)), finishFor(bytesOf(10)), when({ kind: 'absent' }));
  const failing = store.objects.put('b', 'k', bodyOf(bytesOf(300_000)), () => assert.fail('refused'), ALWAYS);
  await assert.rejects(failing, /refused/);
  assert.equal(store.blobs('incoming').length, 0);
  await untilBlobs(store, 1);
  assert.ok((await getBytes(store.objects, 'b', 'kept'))?.equals(bytesOf(100_000)));
});

test('of versions, those that are removed or are a null version that was replaced are none after a while', async (t) => {
  const { objects, ...store } = await open(t);
  await putBytes(objects, 'b', 'k', bytesOf(10));
  const old = await putBytes(objects, 'b', 'k', bytesOf(100_000), BESIDE);
  await putBytes(objects, 'b', 'k', bytesOf(20), BESIDE);
  await putBytes(objects, 'b', 'k', bytesOf(30));
  const { versionId } = await objects.mark('b', 'k', 'new');
  await untilBlobs({ objects, ...store }, 3);
  await objects.delete('b', 'k', old.versionId);
  await objects.delete('b', 'k', versionId);
  await untilBlobs({ objects, ...store }, 2);
  assert.ok((await getBytes(objects, 'b', 'k'))?.equals(bytesOf(30)));
  await objects.mark('b', 'k', 'null');
  await untilBlobs({ objects, ...store }, 1);
  await objects.dropBucket('b');
  await untilBlobs({ objects, ...store }, 0);
});

test('of an upload, replaced, unnamed and aborted parts are none after a while', async (t) => {
  const store = await open(t);
  const { objects } = store;
  const put = (uploadId: string, number: number): ReturnType<Objects['putPart']> =>
    objects.putPart(uploadOf('b', 'k', uploadId), number, bodyOf(bytesOf(100)), () => ({ etag: 'e', checksums: {} }));
  for (const uploadId of ['u1', 'u2']) {
    await objects.createUpload(uploadOf('b', 'k', uploadId));
    for (const number of [1, 1, 2, 3]) await put(uploadId, number);
  }
  await objects.completeUpload(uploadOf('b', 'k', 'u1'), [1, 3], factsOf('x-2'), ALWAYS);
  await objects.abortUpload('b', 'k', 'u2');
  assert.equal(await put('u2', 4), undefined);
  assert.equal(store.blobs('incoming').length, 0);
  await untilBlobs(store, 2);
  await objects.dropBucket('b');
  await untilBlobs(store, 0);
});

test('bytes that are being read stay as long as that takes', async (t) => {
  const store = await open(t);
  await store.objects.createUpload(uploadOf('b', 'k', 'u'));
  const parts = [1, 2].map((number) => bytesOf(100_000, number));
  for (const [at, part] of parts.entries()) {
    await store.objects.putPart(uploadOf('b', 'k', 'u'), at + 1, bodyOf(part), () => ({ etag: 'e', checksums: {} }));
  }
  await store.objects.completeUpload(uploadOf('b', 'k', 'u'), [1, 2], factsOf('x-2'), ALWAYS);
  const object = await store.objects.head('b', 'k');
  assert.ok(object);
  const read: Uint8Array[] = [];
  for await (const chunk of store.objects.read(object, 0, object.size)) {
    if (read.length === 0) {
      await store.objects.delete('b', 'k', NULL_VERSION);
      await sleep(3 * KEPT);
    }
    read.push(chunk);
  }
  assert.ok(Buffer.concat(read).equals(Buffer.concat(parts)));
  await untilBlobs(store, 0);
  await assert.rejects(collect(store.objects.read(object, 0, 1)), StorageError);
});

test('opening removes what was never named, moves what was, and ends what was discarded', async (t) => {
  const store = await open(t, 60_000);
  const named = await putBytes(store.objects, 'b', 'named', bytesOf(10));
  await putBytes(store.objects, 'b', 'replaced', bytesOf(20));
  await putBytes(store.objects, 'b', 'replaced', bytesOf(30));
  assert.equal(store.blobs('blobs').length, 3);
  await store.objects.close();
  const blob = store.blobs('blobs').find((path) => path.endsWith(named.content));
  assert.ok(blob);
  // As a power cut between the commit and the move, and one before the commit, would leave them.
  writeFileSync(join(store.directory, 'incoming', named.content), bytesOf(10));
  rmSync(blob);
  writeFileSync(join(store.directory, 'incoming', 'f'.repeat(32)), bytesOf(99));
  const objects = await store.reopen();
  assert.equal(store.blobs('incoming').length, 0);
  assert.equal(store.blobs('blobs').length, 2);
  assert.ok((await getBytes(objects, 'b', 'named'))?.equals(bytesOf(10)));
  assert.ok((await getBytes(objects, 'b', 'replaced'))?.equals(bytesOf(30)));
});

test('a blob that cannot be moved to its place is read where it is, and moved at the next opening', async (t) => {
  const store = await open(t);
  rmSync(join(store.directory, 'blobs'), { recursive: true });
  writeFileSync(join(store.directory, 'blobs'), 'in the way');
  await putBytes(store.objects, 'b', 'k', bytesOf(10));
  assert.ok((await getBytes(store.objects, 'b', 'k'))?.equals(bytesOf(10)));
  assert.equal(store.blobs('incoming').length, 1);
  await store.objects.close();
  rmSync(join(store.directory, 'blobs'));
  const objects = await store.reopen();
  assert.equal(store.blobs('incoming').length, 0);
  assert.ok((await getBytes(objects, 'b', 'k'))?.equals(bytesOf(10)));
});

test('a put that finds no room for its file is an error and leaves what was there', async (t) => {
  const store = await open(t);
  await putBytes(store.objects, 'b', 'k', bytesOf(10));
  rmSync(join(store.directory, 'incoming'), { recursive: true });
  for (const size of [5, 500_000]) {
    await assert.rejects(putBytes(store.objects, 'b', 'k', bytesOf(size)), { code: 'ENOENT' });
    await assert.rejects(putBytes(store.objects, 'b', 'new', bytesOf(size)), { code: 'ENOENT' });
  }
  mkdirSync(join(store.directory, 'incoming'));
  assert.equal(await store.objects.head('b', 'new'), undefined);
  assert.ok((await getBytes(store.objects, 'b', 'k'))?.equals(bytesOf(10)));
  await putBytes(store.objects, 'b', 'k', bytesOf(5));
});

test('a blob that lost bytes is an error, not a shorter object', async (t) => {
  const store = await open(t);
  for (const size of [100, 500_000]) {
    const object = await putBytes(store.objects, 'b', `${size}`, bytesOf(size));
    truncateSync(store.blobs('blobs').find((path) => path.endsWith(object.content)) ?? '', size - 1);
    await assert.rejects(collect(store.objects.read(object, 0, size)), StorageError);
  }
});

test('a blob that is gone is an error for the operator, whatever its size', async (t) => {
  const store = await open(t);
  for (const size of [100, 500_000]) {
    const object = await putBytes(store.objects, 'b', `${size}`, bytesOf(size));
    rmSync(store.blobs('blobs').find((path) => path.endsWith(object.content)) ?? '');
    await assert.rejects(collect(store.objects.read(object, 0, size - 1)), StorageError);
  }
});

test('only the owner can read anything, and a second opening is refused', async (t) => {
  const store = await open(t);
  await putBytes(store.objects, 'b', 'k', bytesOf(10));
  for (const entry of readdirSync(store.directory, { recursive: true, withFileTypes: true })) {
    const mode = statSync(join(entry.parentPath, entry.name)).mode & 0o777;
    assert.equal(mode, entry.isDirectory() ? 0o700 : 0o600, entry.name);
  }
  await assert.rejects(openFileObjects(store.directory, clock), StorageError);
});

/** Waits until what was discarded is removed, and no more. */
async function untilBlobs(store: OpenStore, count: number): Promise<void> {
  for (let waited = 0; store.blobs('blobs').length > count && waited < 5_000; waited += KEPT) await sleep(KEPT);
  assert.equal(store.blobs('blobs').length, count);
}

interface OpenStore {
  readonly directory: string;
  readonly objects: Objects;
  reopen(): Promise<Objects>;
  /** Paths of the files under a folder of the store. */
  blobs(folder: 'blobs' | 'incoming'): string[];
}

async function open(t: { after(done: () => Promise<void>): void }, keepReplaced = KEPT): Promise<OpenStore> {
  const directory = join(mkdtempSync(join(tmpdir(), 'sojourn-objects-')), 'objects');
  const options = { keepReplaced };
  let objects = await openFileObjects(directory, clock, options);
  t.after(async () => {
    await objects.close();
    rmSync(join(directory, '..'), { recursive: true });
  });
  return {
    directory,
    objects,
    reopen: async () => (objects = await openFileObjects(directory, clock, options)),
    blobs: (folder) =>
      readdirSync(join(directory, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
  };
}
