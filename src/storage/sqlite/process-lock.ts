/**
 * One process per data directory: two would each keep caches that the other does not see.
 *
 * The lock is an open write transaction on a small database of its own. The kernel ends it with the
 * process, however the process ends, so there is no stale lock to remove by hand; meanwhile others
 * may still read from it who holds it.
 */
import { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../storage-error.ts';
import { makePrivateFile } from './private-files.ts';

/** How long, in milliseconds, a starting process waits for one that is just ending. */
const PATIENCE = 500;

/** SQLITE_BUSY, https://www.sqlite.org/rescode.html */
const BUSY = 5;

export interface ProcessLock {
  release(): void;
}

/**
 * Takes the lock in the file `path`, creating it when it is not there.
 *
 * @param what the locked thing, for the message: a path
 * @throws StorageError naming the process that holds it
 */
export function takeProcessLock(path: string, what: string): ProcessLock {
  makePrivateFile(path);
  const lock = new DatabaseSync(path, { timeout: PATIENCE });
  try {
    // Nothing here must survive a power cut.
    lock.exec('PRAGMA synchronous = OFF; BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS holder (pid INTEGER NOT NULL);');
    lock.exec('DELETE FROM holder;');
    lock.prepare('INSERT INTO holder (pid) VALUES (?)').run(process.pid);
    lock.exec('COMMIT; BEGIN IMMEDIATE;');
  } catch (error) {
    const refusal = isBusy(error) ? new StorageError(`${what} is in use by ${holder(lock)}`) : error;
    lock.close();
    throw refusal;
  }
  return { release: () => lock.close() };
}

function holder(lock: DatabaseSync): string {
  try {
    const pid = lock.prepare('SELECT pid FROM holder').get()?.['pid'];
    if (typeof pid === 'number') return pid === process.pid ? `this process (${pid})` : `process ${pid}`;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
  return 'another process';
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === BUSY;
}
