/** What listing versions must do, as tests. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { NULL_VERSION } from '../../base/version-id.ts';
import { BESIDE, putBytes } from './object-samples.ts';
import type { ObjectsUnderTest } from './object-samples.ts';
import type { ListedVersion, Objects, VersionList, VersionPlace, VersionQuery } from './objects.ts';

export function versionListingSuite(subject: () => ObjectsUnderTest): void {
  const objects = (): Objects => subject().objects;
  const fill = async (key: string, count: number): Promise<void> => {
    for (let n = 0; n < count; n++) await putBytes(objects(), 'b', key, Buffer.from(key), BESIDE);
  };

  test('versions come with their facts, by key and then from the newest', async () => {
    await fill('b', 2);
    await fill('a', 1);
    const marker = await objects().mark('b', 'a', 'new');
    const nulls = await putBytes(objects(), 'b', 'c', Buffer.from('c'));
    await putBytes(objects(), 'other', 'a', Buffer.from('elsewhere'));
    const { versions, commonPrefixes, next } = await list({});
    assert.deepEqual([commonPrefixes, next], [[], undefined]);
    assert.deepEqual(versions.map(keyOf), ['a', 'a', 'b', 'b', 'c']);
    assert.deepEqual(versions.map(isLatestOf), [true, false, true, false, true]);
    assert.deepEqual(versions[0]?.version, { kind: 'deleteMarker', marker });
    assert.deepEqual(versions[4]?.version, { kind: 'object', object: nulls });
    const latest = await objects().head('b', 'b');
    assert.deepEqual(versions[2]?.version, { kind: 'object', object: latest });
  });

  test('a place within a key is found again when its version is gone', async () => {
    await fill('k', 5);
    await fill('l', 1);
    const { next } = await list({ limit: 2 });
    assert.ok(next?.versionId);
    const rest = (await list({ after: next })).versions;
    assert.equal(rest.length, 4);
    for (const { version } of (await list({ limit: 2 })).versions) {
      await objects().delete('b', 'k', version.kind === 'object' ? version.object.versionId : '');
    }
    const { versions } = await list({ after: next });
    assert.deepEqual(versions.map(placeOf), rest.map(placeOf));
    assert.deepEqual(versions.map(isLatestOf), [true, false, false, true]);
  });

  test('after a null version that is gone, the key begins anew and nothing is left out', async () => {
    await fill('k', 2);
    await putBytes(objects(), 'b', 'k', Buffer.from('null'));
    const { next } = await list({ limit: 1 });
    assert.deepEqual(next, { key: 'k', versionId: NULL_VERSION });
    assert.equal((await list({ after: next })).versions.length, 2);
    await objects().delete('b', 'k', NULL_VERSION);
    assert.equal((await list({ after: next })).versions.length, 2);
  });

  test('a place with a key alone is after all its versions; one in a common prefix is after that', async () => {
    await fill('a/1', 2);
    await fill('a/2', 2);
    await fill('b', 2);
    await objects().mark('b', 'c/1', 'new');
    const slash = { delimiter: '/' };
    assert.deepEqual((await list({ after: { key: 'a/1', versionId: undefined } })).versions.map(keyOf), [
      'a/2',
      'a/2',
      'b',
      'b',
      'c/1',
    ]);
    const page = await list({ ...slash, limit: 1 });
    assert.deepEqual([page.commonPrefixes, page.next], [['a/'], { key: 'a/', versionId: undefined }]);
    const rest = await list({ ...slash, after: page.next });
    assert.deepEqual(
      [rest.versions.map(keyOf), rest.commonPrefixes],
      [['b', 'b'], ['c/']],
      'markers make prefixes too',
    );
    assert.deepEqual((await list({ prefix: 'a/', after: { key: 'a', versionId: undefined } })).versions.length, 4);
    assert.deepEqual(await list({ limit: 0 }), { versions: [], commonPrefixes: [], next: undefined });
  });

  test('any sequence of pages is the whole listing', async () => {
    const key = fc.string({ unit: fc.constantFrom('a', 'b', '/', '\uffff', '😀'), minLength: 1, maxLength: 3 });
    const part = fc.string({ unit: fc.constantFrom('a', '/', '😀'), maxLength: 2 });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(key, fc.constantFrom('new', 'null', 'mark')), { maxLength: 12 }),
        part,
        fc.option(part, { nil: undefined }),
        fc.integer({ min: 1, max: 4 }),
        async (writes, prefix, delimiter, limit) => {
          const bucket = `l${run++}`;
          for (const [name, what] of writes) {
            if (what === 'mark') await objects().mark(bucket, name, 'new');
            else await putBytes(objects(), bucket, name, Buffer.from(name), what === 'new' ? BESIDE : undefined);
          }
          const whole = await objects().listVersions(bucket, { prefix, delimiter, after: undefined, limit: 1000 });
          assert.equal(whole.next, undefined);
          const seen: { readonly versions: ListedVersion[]; readonly commonPrefixes: string[] } = {
            versions: [],
            commonPrefixes: [],
          };
          let after: VersionPlace | undefined;
          do {
            const page: VersionList = await objects().listVersions(bucket, { prefix, delimiter, after, limit });
            const size = page.versions.length + page.commonPrefixes.length;
            assert.ok(size <= limit && (page.next === undefined || size === limit));
            seen.versions.push(...page.versions);
            seen.commonPrefixes.push(...page.commonPrefixes);
            after = page.next;
          } while (after !== undefined);
          assert.deepEqual(seen, { versions: whole.versions, commonPrefixes: whole.commonPrefixes });
          const shown = writes.filter(
            ([name]) => name.startsWith(prefix) && !name.slice(prefix.length).includes(delimiter || '\0'),
          );
          assert.deepEqual(new Set(whole.versions.map(keyOf)), new Set(shown.map(([name]) => name)));
          assert.equal(whole.versions.filter(isLatestOf).length, new Set(shown.map(([name]) => name)).size);
        },
      ),
      { numRuns: 40 },
    );
  });

  function list(part: Partial<VersionQuery>): Promise<VersionList> {
    return objects().listVersions('b', { prefix: '', delimiter: undefined, after: undefined, limit: 1000, ...part });
  }
}

function placeOf({ version }: ListedVersion): VersionPlace {
  const { key, versionId } = version.kind === 'object' ? version.object : version.marker;
  return { key, versionId };
}

function keyOf(listed: ListedVersion): string {
  return placeOf(listed).key;
}

function isLatestOf({ isLatest }: ListedVersion): boolean {
  return isLatest;
}
