/** Directories of earlier versions are brought up to date when they are opened. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { NULL_VERSION } from '../../../base/version-id.ts';
import { openDatabase } from '../../sqlite/database.ts';
import { BESIDE, bytesOf, collect, factsOf, getBytes, putBytes } from '../object-samples.ts';
import { openFileObjects } from './file-objects.ts';
import { INDEX_SCHEMA } from './schema.ts';

test('objects of an index without versions are null versions, older than every later one', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'sojourn-objects-'));
  t.after(() => rmSync(directory, { recursive: true }));
  const blob = 'ab'.repeat(16);
  const old = { ...INDEX_SCHEMA, migrations: INDEX_SCHEMA.migrations.slice(0, 1) };
  const database = openDatabase(join(directory, 'index.sqlite'), old);
  const { etag, ...facts } = factsOf('e');
  database.connection.prepare('INSERT INTO segments VALUES (?, 0, ?, 100, NULL)').run(blob, blob);
  database.connection
    .prepare("INSERT INTO objects VALUES ('b', 'k', ?, 0, 100, ?, 1700000000000, ?)")
    .run(blob, etag, JSON.stringify(facts));
  database.close();
  mkdirSync(join(directory, 'blobs', 'ab'), { recursive: true });
  writeFileSync(join(directory, 'blobs', 'ab', blob), bytesOf(100));

  const objects = await openFileObjects(directory, { now: () => 1_790_000_000_000 });
  t.after(() => objects.close());
  const object = await objects.head('b', 'k');
  assert.equal(object?.versionId, NULL_VERSION);
  assert.equal(object.lastModified, 1_700_000_000_000);
  const added = await putBytes(objects, 'b', 'k', bytesOf(10), BESIDE);
  const query = { prefix: '', delimiter: undefined, after: undefined, limit: 10 };
  const { versions } = await objects.listVersions('b', query);
  assert.deepEqual(versions, [
    { version: { kind: 'object', object: added }, isLatest: true },
    { version: { kind: 'object', object }, isLatest: false },
  ]);
  assert.ok((await collect(objects.read(object, 0, 100))).equals(bytesOf(100)));
  assert.ok((await getBytes(objects, 'b', 'k'))?.equals(bytesOf(10)));
});
