/** What becomes of a completed upload among the versions of its key, as tests (observed on AWS, September 2026). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NULL_VERSION } from '../../base/version-id.ts';
import { ALWAYS, BESIDE, bodyOf, factsOf, md5, putBytes, uploadOf } from './object-samples.ts';
import type { ObjectsUnderTest } from './object-samples.ts';
import type { MultipartUpload, ObjectFacts, Objects, StoredObject, VersionList, VersionPlace } from './objects.ts';
import { ALL, texts } from './version-samples.ts';

export function completionSuite(subject: () => ObjectsUnderTest): void {
  places(subject);
  repeating(subject);
}

/** With one part, which holds the id. */
async function beginUpload(objects: Objects, upload: MultipartUpload): Promise<void> {
  const bytes = Buffer.from(upload.uploadId);
  await objects.createUpload(upload);
  await objects.putPart(upload, 1, bodyOf(bytes), () => ({ etag: md5(bytes), checksums: {} }));
}

function places(subject: () => ObjectsUnderTest): void {
  /** Begins an upload of one part, which is its id; what completes it. */
  const begin = async (
    uploadId: string,
    objects = subject().objects,
  ): Promise<(version: 'new' | 'null') => Promise<StoredObject>> => {
    const upload = uploadOf('b', 'k', uploadId);
    await beginUpload(objects, upload);
    return async (version) => {
      const writing = { ...BESIDE, version };
      const result = await objects.completeUpload(upload, [1], factsOf('x-1'), writing);
      assert.ok(result.kind === 'stored');
      return result.object;
    };
  };

  test('a completed upload is as old as its beginning: newer versions and markers stay above it', async () => {
    const { objects } = subject();
    await putBytes(objects, 'b', 'k', Buffer.from('before'), BESIDE);
    const older = await begin('older');
    const newer = await begin('newer');
    await newer('new');
    await putBytes(objects, 'b', 'k', Buffer.from('after'), BESIDE);
    const { versionId } = await older('new');
    assert.deepEqual(await texts(objects), ['after', 'newer', 'older', 'before']);
    const late = await begin('late');
    await objects.mark('b', 'k', 'new');
    await late('new');
    const again = await subject().reopen();
    assert.deepEqual(await texts(again), ['deleted', 'late', 'after', 'newer', 'older', 'before']);
    assert.equal((await again.completedUpload('b', 'k', 'older'))?.versionId, versionId);
    const after = (await again.listVersions('b', { ...ALL, limit: 4 })).next;
    assert.equal((await again.listVersions('b', { ...ALL, after })).versions.length, 2);
  });

  test('a null version that was written since the beginning stays, and the completed one is gone', async () => {
    const { objects } = subject();
    const older = await begin('older');
    const kept = await putBytes(objects, 'b', 'k', Buffer.from('since'));
    const completed = await older('null');
    assert.equal(completed.versionId, NULL_VERSION);
    assert.deepEqual(await texts(objects), ['since']);
    assert.deepEqual(await objects.head('b', 'k'), kept);
    assert.equal(await objects.completedUpload('b', 'k', 'older'), undefined);
    assert.equal(await objects.getUpload('b', 'k', 'older'), undefined);
  });

  test('a completed null version takes the place of an older one, below what is newer', async () => {
    const { objects } = subject();
    await putBytes(objects, 'b', 'k', Buffer.from('null before'));
    const upload = await begin('null of parts');
    await putBytes(objects, 'b', 'k', Buffer.from('newer'), BESIDE);
    await upload('null');
    assert.deepEqual(await texts(objects), ['newer', 'null of parts']);
  });

  test('an upload that begins when the clock was set back is newer than what was there', async () => {
    await putBytes(subject().objects, 'b', 'k', Buffer.from('first'));
    const objects = await subject().reopen();
    subject().now -= 3_600_000;
    const complete = await begin('second', objects);
    await complete('null');
    assert.deepEqual(await texts(objects), ['second']);
  });

  test('times that a clock gives twice are two places', async () => {
    for (const text of ['first', 'second']) await putBytes(subject().objects, 'b', 'k', Buffer.from(text), BESIDE);
    const objects = await subject().reopen();
    const [one, two] = [await begin('one', objects), await begin('two', objects)];
    await two('new');
    await one('new');
    const seen: string[] = [];
    let after: VersionPlace | undefined;
    do {
      const page: VersionList = await objects.listVersions('b', { ...ALL, after, limit: 1 });
      after = page.next;
      seen.push(JSON.stringify(page.versions));
    } while (after !== undefined && seen.length < 9);
    assert.deepEqual([seen.length, new Set(seen).size], [4, 4]);
  });
}

function repeating(subject: () => ObjectsUnderTest): void {
  test('what an upload was completed as is known while that version is there', async () => {
    const { objects } = subject();
    const complete = async (uploadId: string): Promise<void> => {
      const upload = uploadOf('b', 'k', uploadId);
      await beginUpload(objects, upload);
      await objects.completeUpload(upload, [1], factsOf('x-1'), BESIDE);
    };
    await complete('u1');
    await complete('u2');
    const again = await subject().reopen();
    const first = await again.completedUpload('b', 'k', 'u1');
    assert.equal(first?.uploadId, 'u1');
    assert.equal(first.parts?.length, 1);
    assert.deepEqual(await again.completedUpload('b', 'k', 'u2'), await again.head('b', 'k'));
    assert.equal(await again.completedUpload('b', 'k', 'u3'), undefined);
    assert.equal(await again.completedUpload('b', 'other', 'u1'), undefined);
    await again.mark('b', 'k', 'new');
    assert.deepEqual(await again.completedUpload('b', 'k', 'u1'), first);
    await again.delete('b', 'k', first.versionId);
    assert.equal(await again.completedUpload('b', 'k', 'u1'), undefined);
  });

  test('an object that replaces a completed one, or copies its facts, is not taken for it', async () => {
    const { objects } = subject();
    const upload = uploadOf('b', 'k', 'u1');
    await beginUpload(objects, upload);
    await objects.completeUpload(upload, [1], factsOf('x-1'), ALWAYS);
    const completed = await objects.completedUpload('b', 'k', 'u1');
    assert.ok(completed);
    const copied = (): Omit<ObjectFacts, 'size' | 'lastModified'> => completed;
    await objects.put('b', 'k', bodyOf(Buffer.from('x')), copied, ALWAYS);
    assert.equal((await objects.head('b', 'k'))?.uploadId, undefined);
    assert.equal(await objects.completedUpload('b', 'k', 'u1'), undefined);
  });
}
