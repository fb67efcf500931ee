import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { StorageError } from '../storage-error.ts';
import { takeProcessLock } from './process-lock.ts';

test('a lock that another process holds is refused by its number, and free when it is killed', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'sojourn-lock-'));
  t.after(() => rmSync(directory, { recursive: true }));
  const path = join(directory, 'state.lock');
  const program = `
    import { takeProcessLock } from ${JSON.stringify(join(import.meta.dirname, 'process-lock.ts'))};
    takeProcessLock(process.argv[1], 'it');
    process.stdout.write('held');
    setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ['--input-type=module', '--eval', program, path]);
  t.after(() => holder.kill('SIGKILL'));
  await once(holder.stdout, 'data');
  assert.throws(
    () => takeProcessLock(path, 'the directory'),
    new StorageError(`the directory is in use by process ${holder.pid}`),
  );
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  const lock = takeProcessLock(path, 'the directory');
  assert.throws(() => takeProcessLock(path, 'it'), new StorageError(`it is in use by this process (${process.pid})`));
  lock.release();
  takeProcessLock(path, 'it').release();
});
