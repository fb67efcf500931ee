import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { StorageError } from '../storage-error.ts';
import { openDatabase } from './database.ts';
import type { Schema } from './database.ts';

const FIRST: Schema = { applicationId: 7, migrations: ['CREATE TABLE a (x INTEGER)'] };
const SECOND: Schema = {
  ...FIRST,
  migrations: [...FIRST.migrations, 'INSERT INTO a VALUES (2)', 'CREATE TABLE b (y)'],
};

test('a file is brought up to date once, with what it holds', (t) => {
  const path = temporaryPath(t);
  const first = openDatabase(path, FIRST);
  first.connection.exec('INSERT INTO a VALUES (1)');
  first.close();
  for (let time = 0; time < 2; time++) {
    const { connection, close } = openDatabase(path, SECOND);
    assert.deepEqual(
      connection
        .prepare('SELECT x FROM a ORDER BY x')
        .all()
        .map((row) => row['x']),
      [1, 2],
    );
    assert.equal(connection.prepare('SELECT count(*) AS n FROM b').get()?.['n'], 0);
    close();
  }
  assert.throws(() => openDatabase(path, FIRST), StorageError);
});

test('a migration that fails leaves the file as it was, and free', (t) => {
  const path = temporaryPath(t);
  openDatabase(path, FIRST).close();
  const broken: Schema = { ...FIRST, migrations: [...FIRST.migrations, 'CREATE TABLE c (z)', 'CREATE TABLE a (x)'] };
  assert.throws(() => openDatabase(path, broken), /already exists/);
  const { connection, close } = openDatabase(path, FIRST);
  assert.equal(connection.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'c'").get(), undefined);
  close();
});

test('a file of another kind is refused, also when it is one of ours', (t) => {
  const path = temporaryPath(t);
  openDatabase(path, FIRST).close();
  assert.throws(() => openDatabase(path, { ...FIRST, applicationId: 8 }), /of another application/);
});

test('every commit is durable, and a reader sees nothing before it', (t) => {
  const path = temporaryPath(t);
  const { connection, openReader, close } = openDatabase(path, FIRST);
  const value = (from: DatabaseSync, name: string): unknown =>
    Object.values(from.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  assert.equal(value(connection, 'journal_mode'), 'wal');
  assert.equal(value(connection, 'synchronous'), 2, 'FULL');
  const reader = openReader();
  const count = (): unknown => reader.prepare('SELECT count(*) AS n FROM a').get()?.['n'];
  connection.exec('BEGIN IMMEDIATE; INSERT INTO a VALUES (1)');
  assert.equal(count(), 0);
  connection.exec('COMMIT');
  assert.equal(count(), 1);
  assert.throws(() => reader.exec('DELETE FROM a'), /readonly/);
  close();
});

function temporaryPath(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'sojourn-database-'));
  t.after(() => rmSync(directory, { recursive: true }));
  return join(directory, 'some', 'where', 'file.sqlite');
}
