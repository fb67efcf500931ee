/** Files and directories that only their owner may read, whose names survive a power cut. */
import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Creates `path` (mode 0600, name synced) when it is not there; an existing one is not opened, only narrowed to 0600. */
export function makePrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error;
    // Opening and closing a database here would drop the POSIX locks that SQLite holds on it in this process.
    chmodSync(path, 0o600);
    return;
  }
  syncDirectory(dirname(path));
}

/** Creates `path` and its missing parents with mode 0700, names synced; an existing one keeps its mode. */
export function makePrivateDirectory(path: string): void {
  const first = mkdirSync(path, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  const above = dirname(resolve(first));
  for (let at = resolve(path); at !== above; at = dirname(at)) syncDirectory(at);
  syncDirectory(above);
}

/** Makes the names in a directory durable (fsync(2): syncing a file does not sync its name). */
export function syncDirectory(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Whether `error` is the system error `code` (`ENOENT`, `EEXIST`, …). */
export function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
