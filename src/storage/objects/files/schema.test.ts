/** Directories of earlier versions are brought up to date when they are opened. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { NULL_VERSION } from '../../../base/version-id.ts';
import { openDatabase } from '../../sqlite/database.ts';
import { BESIDE, bodyOf, bytesOf, collect, factsOf, getBytes, putBytes, uploadOf } from '../object-samples.ts';
import { openFileObjects } from './file-objects.ts';
import { INDEX_SCHEMA } from './schema.ts';

test('objects of an index without versions are null versions, older than every later one, and uploads go on', async (t) => {
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
  const upload = uploadOf('b', 'begun', 'u');
  database.connection
    .prepare("INSERT INTO uploads VALUES ('b', 'begun', 'u', 'content', ?)")
    .run(JSON.stringify(upload));
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

  await objects.putPart(upload, 1, bodyOf(bytesOf(5)), () => ({ etag: 'p', checksums: {} }));
  const since = await putBytes(objects, 'b', 'begun', bytesOf(20));
  assert.equal((await objects.completeUpload(upload, [1], factsOf('x-1'), BESIDE)).kind, 'stored');
  assert.deepEqual(await objects.head('b', 'begun'), since, 'what was put since the upload began stays the latest');
});
