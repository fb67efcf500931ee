/** Listings cost what they show: what they pass over costs a step, not a scan. */
import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { makeVersionId } from '../../../base/version-id.ts';
import { Listing } from './listing.ts';
import { INDEX_SCHEMA } from './schema.ts';
import { VersionListing } from './version-listing.ts';

const COLUMNS = 'bucket, key, age, version_id, content, multipart, size, etag, last_modified, facts';

test('a common prefix of 100,000 keys costs a step, not a scan', () => {
  const connection = openIndex();
  const insert = connection.prepare(
    `INSERT INTO objects (${COLUMNS}) VALUES ('b', ?, 0, 'null', '', 0, 0, '', 0, '{}')`,
  );
  connection.exec('BEGIN');
  for (let n = 0; n < 100_000; n++) insert.run(`big/${n}`);
  for (const key of ['after', 'also/1']) insert.run(key);
  connection.exec('COMMIT');
  const listing = new Listing(connection);
  const list = (delimiter: string | undefined): ReturnType<Listing['list']> =>
    listing.list('b', { prefix: '', delimiter, after: '', limit: 1000 });
  assert.deepEqual(list('/').commonPrefixes, ['also/', 'big/']);
  assertFar(connection, 'objects', () => list('/'));
  connection.close();
});

test('100,000 versions of a key cost the plain listing nothing, and that of versions a step', () => {
  const connection = openIndex();
  const random = { bytes: (count: number): Uint8Array => new Uint8Array(count) };
  const idOf = (age: number): string => makeVersionId(-age, random);
  const insert = connection.prepare(`INSERT INTO history (${COLUMNS}) VALUES ('b', ?, ?, ?, ?, 0, 0, '', 0, '{}')`);
  connection.exec('BEGIN');
  for (let n = 1; n <= 100_000; n++) insert.run('k', -n, idOf(-n), n % 2 === 0 ? '' : null);
  for (const key of ['dir/1', 'dir/2', 'z']) insert.run(key, -1, idOf(-1), null);
  connection.prepare(`INSERT INTO objects (${COLUMNS}) VALUES ('b', 'l', 0, 'null', '', 0, 0, '', 0, '{}')`).run();
  connection.exec('COMMIT');
  const plain = new Listing(connection);
  const query = { prefix: '', delimiter: '/', limit: 10 };
  assert.deepEqual(
    plain.list('b', { ...query, after: '' }).objects.map(({ key }) => key),
    ['l'],
  );
  assertFar(connection, 'history', () => plain.list('b', { ...query, after: '' }));

  const versions = new VersionListing(connection);
  const late = { key: 'k', versionId: idOf(-5) };
  const page = versions.list('b', { ...query, after: late });
  assert.deepEqual(
    page.versions.map(({ version }) => (version.kind === 'object' ? version.object.key : version.marker.key)),
    ['k', 'k', 'k', 'k', 'l', 'z'],
  );
  for (const after of [undefined, late, { key: 'k', versionId: idOf(-50_000) }, { key: 'k', versionId: undefined }]) {
    assertFar(connection, 'history', () => versions.list('b', { ...query, after }));
  }
  connection.close();
});

function openIndex(): DatabaseSync {
  const connection = new DatabaseSync(':memory:');
  for (const sql of INDEX_SCHEMA.migrations) connection.exec(sql);
  return connection;
}

/** Holds `list` to a tenth of what reading every row takes, at most. */
function assertFar(connection: DatabaseSync, table: 'objects' | 'history', list: () => unknown): void {
  const scan = connection.prepare(`SELECT count(key) FROM ${table} WHERE etag = ?`);
  const scanned = fastest(() => scan.get(''));
  const listed = fastest(list);
  assert.ok(listed * 10 < scanned, `listing took ${listed} ms, reading every row ${scanned} ms`);
}

/** Milliseconds of the fastest of some runs: a busy machine slows the others. */
function fastest(run: () => unknown): number {
  const times = Array.from({ length: 7 }, () => {
    const begin = performance.now();
    run();
    return performance.now() - begin;
  });
  return Math.min(...times);
}
