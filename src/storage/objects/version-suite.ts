/** What versions of objects must do, as tests. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { NULL_VERSION, timeOfVersionId } from '../../base/version-id.ts';
import { BESIDE, bodyOf, bytesOf, factsOf, finishFor, md5, putBytes, uploadOf } from './object-samples.ts';
import type { ObjectsUnderTest } from './object-samples.ts';
import type { Objects, StoredObject, Version } from './objects.ts';
import { ALL, texts, versions } from './version-samples.ts';

export function versionSuite(subject: () => ObjectsUnderTest): void {
  const objects = (): Objects => subject().objects;
  writing(subject);
  markers(objects);
  removing(objects);
  anySequence(objects);
}

function writing(subject: () => ObjectsUnderTest): void {
  const objects = (): Objects => subject().objects;

  test('a new version leaves those before it, with their bytes, facts and parts', async () => {
    const first = await putBytes(objects(), 'b', 'k', Buffer.from('first'));
    const second = await putBytes(objects(), 'b', 'k', Buffer.from('second'), BESIDE);
    const upload = uploadOf('b', 'k', 'u');
    await objects().createUpload(upload);
    const part = Buffer.from('third');
    await objects().putPart(upload, 1, bodyOf(part), () => ({ etag: md5(part), checksums: {} }));
    assert.equal((await objects().completeUpload(upload, [1], factsOf('x-1'), BESIDE)).kind, 'stored');
    const fourth = await putBytes(objects(), 'b', 'k', Buffer.from('fourth'), BESIDE);
    const again = await subject().reopen();
    assert.deepEqual(await again.head('b', 'k'), fourth);
    assert.deepEqual(await texts(again), ['fourth', 'third', 'second', 'first']);
    assert.equal(first.versionId, NULL_VERSION);
    for (const object of [first, second, fourth]) {
      assert.deepEqual(await again.find('b', 'k', object.versionId), { kind: 'object', object });
    }
    const [, third] = await versions(again);
    const found = await again.find('b', 'k', third?.versionId);
    assert.equal(found?.kind === 'object' ? found.object.parts?.length : undefined, 1);
    assert.equal(found?.kind === 'object' ? found.object.uploadId : undefined, 'u');
  });

  test('the null version is one, and the newest after each writing', async () => {
    await putBytes(objects(), 'b', 'k', Buffer.from('null 1'));
    await putBytes(objects(), 'b', 'k', Buffer.from('new'), BESIDE);
    assert.deepEqual(await texts(objects()), ['new', 'null 1']);
    await putBytes(objects(), 'b', 'k', Buffer.from('null 2'));
    assert.deepEqual(await texts(objects()), ['null 2', 'new']);
    await putBytes(objects(), 'b', 'k', Buffer.from('null 3'));
    assert.deepEqual(await texts(objects()), ['null 3', 'new']);
    const marker = await objects().mark('b', 'k', 'null');
    assert.equal(marker.versionId, NULL_VERSION);
    assert.deepEqual(await texts(objects()), ['deleted', 'new']);
  });

  test('versions stay in their order when the clock goes back', async () => {
    for (const [at, text] of ['a', 'b', 'c', 'd'].entries()) {
      subject().now = 1_790_000_000_000 - at * 60_000;
      await putBytes(objects(), 'b', 'k', Buffer.from(text), BESIDE);
    }
    assert.deepEqual(await texts(objects()), ['d', 'c', 'b', 'a']);
    const ids = (await versions(objects())).map(({ versionId }) => versionId);
    assert.equal(new Set(ids).size, 4);
    for (const id of ids) assert.ok(timeOfVersionId(id) !== undefined, id);
  });

  test('of many new versions at once, every one is there', async () => {
    const puts = Array.from({ length: 30 }, (_, n) => putBytes(objects(), 'b', 'k', Buffer.from(`${n}`), BESIDE));
    const stored = await Promise.all(puts);
    assert.equal(new Set(stored.map((object) => object.versionId)).size, 30);
    assert.deepEqual((await texts(objects())).sort(), stored.map((_, n) => `${n}`).sort());
  });

  test('an update changes the version that it names', async () => {
    const old = await putBytes(objects(), 'b', 'k', Buffer.from('old'), BESIDE);
    const latest = await putBytes(objects(), 'b', 'k', Buffer.from('latest'), BESIDE);
    const tag = (id: string): Promise<boolean> => objects().update('b', 'k', id, (now) => ({ ...now, tags: { id } }));
    for (const { versionId } of [old, latest]) assert.ok(await tag(versionId));
    for (const object of [old, latest]) {
      const changed = { ...object, tags: { id: object.versionId } };
      assert.deepEqual(await objects().find('b', 'k', object.versionId), { kind: 'object', object: changed });
    }
    const { versionId } = await objects().mark('b', 'k', 'new');
    assert.equal(await tag(versionId), false);
    assert.equal(await tag(NULL_VERSION), false);
  });
}

function markers(objects: () => Objects): void {
  test('a delete marker hides what is below; without it, that is there again', async () => {
    const object = await putBytes(objects(), 'b', 'k', bytesOf(10), BESIDE);
    const marker = await objects().mark('b', 'k', 'new');
    assert.equal(await objects().head('b', 'k'), undefined);
    assert.deepEqual(await objects().find('b', 'k', undefined), { kind: 'deleteMarker', marker });
    assert.deepEqual(await objects().find('b', 'k', marker.versionId), { kind: 'deleteMarker', marker });
    assert.deepEqual(await objects().find('b', 'k', object.versionId), { kind: 'object', object });
    assert.deepEqual(await plainKeys(objects()), []);
    assert.deepEqual(await objects().delete('b', 'k', marker.versionId), { kind: 'deleteMarker', marker });
    assert.deepEqual(await objects().head('b', 'k'), object);
    assert.deepEqual(await plainKeys(objects()), ['k']);
  });

  test('a marker needs nothing below, and may lie on another', async () => {
    await objects().mark('b', 'k', 'new');
    await objects().mark('b', 'k', 'new');
    assert.deepEqual(await texts(objects()), ['deleted', 'deleted']);
    assert.equal(await objects().isEmpty('b'), false);
  });

  test('for a condition of a put, a marker is nothing', async () => {
    await putBytes(objects(), 'b', 'k', bytesOf(10), BESIDE);
    await objects().mark('b', 'k', 'new');
    const put = (condition: { kind: 'absent' } | { kind: 'etag'; etag: string }): ReturnType<Objects['put']> =>
      objects().put('b', 'k', bodyOf(bytesOf(5)), finishFor(bytesOf(5)), { version: 'new', condition });
    assert.deepEqual(await put({ kind: 'etag', etag: md5(bytesOf(10)) }), { kind: 'noSuchKey' });
    assert.equal((await put({ kind: 'absent' })).kind, 'stored');
    assert.equal((await put({ kind: 'absent' })).kind, 'conditionFailed');
  });
}

function removing(objects: () => Objects): void {
  test('removing the latest version makes the next older one the latest', async () => {
    const stored: StoredObject[] = [];
    for (const text of ['a', 'b', 'c']) stored.push(await putBytes(objects(), 'b', 'k', Buffer.from(text), BESIDE));
    const [a, b, c] = stored.map((object) => object.versionId);
    assert.equal((await objects().delete('b', 'k', b ?? ''))?.kind, 'object');
    assert.deepEqual(await texts(objects()), ['c', 'a']);
    assert.equal(await objects().delete('b', 'k', b ?? ''), undefined);
    await objects().delete('b', 'k', c ?? '');
    assert.equal((await objects().head('b', 'k'))?.versionId, a);
    assert.equal(await objects().isEmpty('b'), false);
    await objects().delete('b', 'k', a ?? '');
    assert.equal(await objects().head('b', 'k'), undefined);
    assert.equal(await objects().isEmpty('b'), true);
  });

  test('a check sees what would go, and what it throws keeps it', async () => {
    const object = await putBytes(objects(), 'b', 'k', bytesOf(10), BESIDE);
    const failure = new Error('not this one');
    const seen: (Version | undefined)[] = [];
    const refuse = (present: Version | undefined): void => {
      seen.push(present);
      throw failure;
    };
    await assert.rejects(objects().delete('b', 'k', object.versionId, refuse), failure);
    await assert.rejects(objects().mark('b', 'k', 'new', refuse), failure);
    await assert.rejects(objects().delete('b', 'none', NULL_VERSION, refuse), failure);
    assert.deepEqual(seen, [{ kind: 'object', object }, { kind: 'object', object }, undefined]);
    assert.deepEqual(await objects().head('b', 'k'), object);
  });

  test('dropping a bucket takes every version', async () => {
    for (const key of ['k', 'l']) {
      for (const size of [1, 2, 3]) await putBytes(objects(), 'b', key, bytesOf(size), BESIDE);
      await objects().mark('b', key, 'new');
      await putBytes(objects(), 'c', key, bytesOf(4), BESIDE);
    }
    await objects().dropBucket('b');
    assert.equal(await objects().isEmpty('b'), true);
    assert.equal((await objects().listVersions('c', ALL)).versions.length, 2);
  });
}

/** One step of a sequence: what is done, and to which of the versions that there are. */
type Step = readonly [what: 'new' | 'null' | 'mark' | 'markNull' | 'delete', which: number];

function anySequence(objects: () => Objects): void {
  test('after any sequence of writings and deletions, versions are as a list of them would be', async () => {
    const step: fc.Arbitrary<Step> = fc.tuple(
      fc.constantFrom('new' as const, 'null' as const, 'mark' as const, 'markNull' as const, 'delete' as const),
      fc.nat(5),
    );
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const bucket = `s${run++}`;
        /** Newest first; the text of an object, undefined for a marker. */
        let model: { readonly id: string; readonly text: string | undefined }[] = [];
        for (const [at, [what, which]] of steps.entries()) {
          if (what === 'delete') {
            const id = model[which]?.id ?? NULL_VERSION;
            const there = model.some((version) => version.id === id);
            assert.equal((await objects().delete(bucket, 'k', id)) !== undefined, there);
            model = model.filter((version) => version.id !== id);
            continue;
          }
          const version = what === 'null' || what === 'markNull' ? 'null' : 'new';
          const text = what.startsWith('mark') ? undefined : `${at}`;
          const id =
            text === undefined
              ? (await objects().mark(bucket, 'k', version)).versionId
              : (await putBytes(objects(), bucket, 'k', Buffer.from(text), { ...BESIDE, version })).versionId;
          model = [{ id, text }, ...model.filter((one) => version === 'new' || one.id !== NULL_VERSION)];
        }
        assert.deepEqual(
          await texts(objects(), bucket),
          model.map(({ text }) => text ?? 'deleted'),
        );
        assert.equal(
          (await objects().head(bucket, 'k'))?.versionId,
          model[0]?.text === undefined ? undefined : model[0].id,
        );
        assert.equal(await objects().isEmpty(bucket), model.length === 0);
      }),
      { numRuns: 40 },
    );
  });
}

async function plainKeys(objects: Objects): Promise<string[]> {
  const { objects: listed } = await objects.list('b', { prefix: '', delimiter: undefined, after: '', limit: 1000 });
  return listed.map(({ key }) => key);
}
