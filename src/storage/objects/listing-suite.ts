/** What listing objects must do, as tests. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { putBytes } from './object-samples.ts';
import type { ObjectsUnderTest } from './object-samples.ts';
import type { ListQuery, Objects } from './objects.ts';

type Entry = readonly ['key' | 'prefix', string];

export function listingSuite(subject: () => ObjectsUnderTest): void {
  const objects = (): Objects => subject().objects;
  const fill = async (bucket: string, keys: readonly string[]): Promise<void> => {
    await Promise.all(keys.map((key) => putBytes(objects(), bucket, key, Buffer.from(key))));
  };

  test('keys are in the order of their UTF-8 bytes, and come with their facts', async () => {
    await fill('b', ['\u{10000}', '\uffff', 'é', 'z', 'a', 'Z', 'a\0', 'aa']);
    await fill('c', ['elsewhere']);
    const { objects: listed, next } = await objects().list('b', query({}));
    assert.deepEqual(
      listed.map((object) => object.key),
      ['Z', 'a', 'a\0', 'aa', 'z', 'é', '\uffff', '\u{10000}'],
    );
    assert.equal(next, undefined);
    for (const object of listed) assert.deepEqual(object, await objects().head('b', object.key));
  });

  test('keys that share what follows the prefix up to the delimiter are one entry', async () => {
    await fill('b', [
      'a',
      'a/',
      'a/1',
      'a/2/3',
      'b/1',
      'b//',
      'c',
      'photos-1',
      'photos/2006/jan/1',
      'photos/2006/feb/2',
    ]);
    const slash = { delimiter: '/' };
    assert.deepEqual(await page(slash), [
      ['key', 'a'],
      ['prefix', 'a/'],
      ['prefix', 'b/'],
      ['key', 'c'],
      ['key', 'photos-1'],
      ['prefix', 'photos/'],
    ]);
    assert.deepEqual(await page({ ...slash, prefix: 'a/' }), [
      ['key', 'a/'],
      ['key', 'a/1'],
      ['prefix', 'a/2/'],
    ]);
    assert.deepEqual(await page({ ...slash, prefix: 'b/' }), [
      ['prefix', 'b//'],
      ['key', 'b/1'],
    ]);
    assert.deepEqual(await page({ ...slash, prefix: 'photos/2006/' }), [
      ['prefix', 'photos/2006/feb/'],
      ['prefix', 'photos/2006/jan/'],
    ]);
    assert.deepEqual(await page({ ...slash, prefix: 'pho' }), [
      ['key', 'photos-1'],
      ['prefix', 'photos/'],
    ]);
    assert.deepEqual(await page({ delimiter: '//' }), [
      ['key', 'a'],
      ['key', 'a/'],
      ['key', 'a/1'],
      ['key', 'a/2/3'],
      ['prefix', 'b//'],
      ['key', 'b/1'],
      ['key', 'c'],
      ['key', 'photos-1'],
      ['key', 'photos/2006/feb/2'],
      ['key', 'photos/2006/jan/1'],
    ]);
    assert.deepEqual(await page({ delimiter: '', prefix: 'a/' }), [
      ['key', 'a/'],
      ['key', 'a/1'],
      ['key', 'a/2/3'],
    ]);
    assert.deepEqual(await page({ prefix: 'none' }), []);
  });

  test('a page ends at its limit and the next one begins after it, also within a common prefix', async () => {
    await fill('b', ['a/1', 'a/2', 'b', 'c/1', 'c/2']);
    const slash = { delimiter: '/', limit: 1 };
    assert.deepEqual((await objects().list('b', query(slash))).next, 'a/');
    assert.deepEqual(await page({ ...slash, after: 'a/' }), [['key', 'b']]);
    assert.deepEqual(await page({ ...slash, after: 'a/1' }), [['key', 'b']], 'a/ is before a/1, so it is not after it');
    assert.deepEqual(await page({ ...slash, after: 'b' }), [['prefix', 'c/']]);
    assert.equal((await objects().list('b', query({ ...slash, after: 'b' }))).next, undefined, 'c/2 is in c/');
    assert.deepEqual(await page({ ...slash, after: 'c/' }), []);
    assert.deepEqual(await page({ prefix: 'c/', after: 'a' }), [
      ['key', 'c/1'],
      ['key', 'c/2'],
    ]);
    assert.deepEqual(await page({ prefix: 'a/', after: 'b' }), []);
    assert.deepEqual(await objects().list('b', query({ limit: 0 })), {
      objects: [],
      commonPrefixes: [],
      next: undefined,
    });
  });

  test('any sequence of pages is the whole listing', async () => {
    const key = fc.string({
      unit: fc.constantFrom('a', 'b', '/', '\0', '\uffff', '😀', '\u{10ffff}'),
      minLength: 1,
      maxLength: 4,
    });
    const part = fc.string({ unit: fc.constantFrom('a', '/', '😀', '\u{10ffff}'), maxLength: 2 });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(key, { maxLength: 12 }),
        part,
        fc.option(part, { nil: undefined }),
        part,
        fc.integer({ min: 1, max: 4 }),
        async (keys, prefix, delimiter, mark, limit) => {
          const bucket = `p${run++}`;
          await fill(bucket, keys);
          const seen: Entry[] = [];
          for (let after: string | undefined = mark; after !== undefined;) {
            const result = await objects().list(bucket, { prefix, delimiter, after, limit });
            const entries = entriesOf(result);
            assert.ok(entries.length <= limit);
            assert.ok(result.next === undefined || entries.length === limit);
            seen.push(...entries);
            after = result.next;
          }
          assert.deepEqual(seen, expected(keys, prefix, delimiter, mark));
        },
      ),
      { numRuns: 50 },
    );
  });

  async function page(part: Partial<ListQuery>): Promise<Entry[]> {
    return entriesOf(await objects().list('b', query(part)));
  }
}

function query(part: Partial<ListQuery>): ListQuery {
  return { prefix: '', delimiter: undefined, after: '', limit: 1000, ...part };
}

function entriesOf(result: Awaited<ReturnType<Objects['list']>>): Entry[] {
  const entries: Entry[] = [
    ...result.objects.map((object) => ['key', object.key] as const),
    ...result.commonPrefixes.map((prefix) => ['prefix', prefix] as const),
  ];
  return entries.sort((left, right) => byteOrder(left[1], right[1]));
}

/** The listing by its definition. */
function expected(keys: readonly string[], prefix: string, delimiter: string | undefined, mark: string): Entry[] {
  const entries = new Map<string, Entry>();
  for (const key of keys.filter((one) => one.startsWith(prefix))) {
    const at = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
    const entry: Entry = at < 0 || !delimiter ? ['key', key] : ['prefix', key.slice(0, at + delimiter.length)];
    if (byteOrder(entry[1], mark) > 0) entries.set(entry.join(), entry);
  }
  return [...entries.values()].sort((left, right) => byteOrder(left[1], right[1]));
}

function byteOrder(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
