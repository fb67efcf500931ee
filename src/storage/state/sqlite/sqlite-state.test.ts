import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { StorageError } from '../../storage-error.ts';
import { stateSuite } from '../state-suite.ts';
import { openSqliteState } from './sqlite-state.ts';

stateSuite('SQLite', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'sojourn-state-'));
  const path = join(directory, 'state.sqlite');
  let state = openSqliteState(path);
  return {
    state,
    reopen: async () => {
      await state.close();
      return (state = openSqliteState(path));
    },
    dispose: async () => {
      await state.close();
      rmSync(directory, { recursive: true });
    },
  };
});

test('only the owner can read the state, also when the file was made wider before', async (t) => {
  const path = join(temporaryDirectory(t), 'new', 'state.sqlite');
  await openSqliteState(path).close();
  assert.equal(statSync(join(path, '..')).mode & 0o777, 0o700);
  chmodSync(path, 0o644);
  const state = openSqliteState(path);
  await state.write(({ settings }) => settings.put('a', { value: 1 }));
  for (const suffix of ['', '-wal', '-shm', '.lock']) assert.equal(statSync(path + suffix).mode & 0o777, 0o600, suffix);
  await state.close();
});

test('a second opening is refused and names the process that was first', async (t) => {
  const path = join(temporaryDirectory(t), 'state.sqlite');
  const first = openSqliteState(path);
  assert.throws(() => openSqliteState(path), new StorageError(`${path} is in use by this process (${process.pid})`));
  await first.close();
  await openSqliteState(path).close();
});

test('a file of a newer version is refused and left as it was', async (t) => {
  const path = join(temporaryDirectory(t), 'state.sqlite');
  await openSqliteState(path).close();
  const file = new DatabaseSync(path);
  file.exec('PRAGMA user_version = 99');
  file.close();
  assert.throws(
    () => openSqliteState(path),
    (error) =>
      error instanceof StorageError && /newer version \(its schema is 99, this version knows \d+\)/.test(error.message),
  );
  const after = new DatabaseSync(path);
  assert.equal(after.prepare('PRAGMA user_version').get()?.['user_version'], 99);
  after.close();
});

test('a file that is no state is refused', (t) => {
  const directory = temporaryDirectory(t);
  const noise = join(directory, 'noise.sqlite');
  writeFileSync(noise, 'not a database, but long enough to be looked at as one by its header'.repeat(20));
  assert.throws(() => openSqliteState(noise), new StorageError(`${noise} is not a SQLite database, or is damaged`));
  const foreign = join(directory, 'foreign.sqlite');
  const file = new DatabaseSync(foreign);
  file.exec('CREATE TABLE theirs (x)');
  file.close();
  assert.throws(
    () => openSqliteState(foreign),
    new StorageError(`${foreign} is a SQLite database of another application`),
  );
});

function temporaryDirectory(t: { after(done: () => void): void }): string {
  const directory = mkdtempSync(join(tmpdir(), 'sojourn-state-'));
  t.after(() => rmSync(directory, { recursive: true }));
  return directory;
}
