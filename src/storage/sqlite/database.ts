/**
 * A SQLite file as Sojourn keeps them: for its owner only, held by one process, durable at every
 * commit, with a schema that is brought up to date at opening and never guessed at.
 */
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../storage-error.ts';
import { makePrivateDirectory, makePrivateFile } from './private-files.ts';
import { takeProcessLock } from './process-lock.ts';

/** What a file of one kind holds. */
export interface Schema {
  /** Stored as `application_id`: a file of another kind is refused. Positive, 31 bits. */
  readonly applicationId: number;
  /** SQL, in order; a file's `user_version` is how many of them it has seen. Published ones never change. */
  readonly migrations: readonly string[];
}

/** An open file. */
export interface Database {
  readonly connection: DatabaseSync;
  /** A second, read-only connection: it sees committed rows only, also while the first is in a transaction. */
  openReader(): DatabaseSync;
  /** Closes the connections and lets other processes in. Once. */
  close(): void;
}

/** How long, in milliseconds, a statement waits for a foreign connection, such as a backup that is just beginning. */
const BUSY_TIMEOUT = 2_000;

/**
 * Opens the file at `path`, creating it and its directory when they are not there.
 *
 * @throws StorageError when another process has it open, or it is not a file of this schema, or a newer one
 */
export function openDatabase(path: string, schema: Schema): Database {
  makePrivateDirectory(dirname(path));
  const lock = takeProcessLock(`${path}.lock`, path);
  const opened: DatabaseSync[] = [];
  const close = (): void => {
    for (const connection of opened.reverse()) connection.close();
    lock.release();
  };
  try {
    makePrivateFile(path);
    const connection = connect(path, opened, false);
    migrate(connection, path, schema);
    return { connection, openReader: () => connect(path, opened, true), close };
  } catch (error) {
    close();
    throw isNotDatabase(error) ? new StorageError(`${path} is not a SQLite database, or is damaged`) : error;
  }
}

function connect(path: string, opened: DatabaseSync[], readOnly: boolean): DatabaseSync {
  const connection = new DatabaseSync(path, { readOnly, timeout: BUSY_TIMEOUT, defensive: true });
  opened.push(connection);
  if (!readOnly) connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  // The schema may come from a file that somebody prepared: it must not call functions of ours.
  connection.exec('PRAGMA trusted_schema = OFF; PRAGMA cache_size = -16000;');
  return connection;
}

function migrate(connection: DatabaseSync, path: string, schema: Schema): void {
  const version = pragma(connection, 'user_version');
  const application = pragma(connection, 'application_id');
  const empty = connection.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
  if (application !== schema.applicationId && !empty) {
    throw new StorageError(`${path} is a SQLite database of another application`);
  }
  const known = schema.migrations.length;
  if (version > known) {
    throw new StorageError(
      `${path} was written by a newer version (its schema is ${version}, this version knows ${known}): ` +
        'start the newer version, or restore a backup made before the upgrade',
    );
  }
  if (version === known) return;
  connection.exec('BEGIN IMMEDIATE');
  try {
    for (const sql of schema.migrations.slice(version)) connection.exec(sql);
    connection.exec(`PRAGMA application_id = ${schema.applicationId}; PRAGMA user_version = ${known}; COMMIT;`);
  } catch (error) {
    if (connection.isTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}

function pragma(connection: DatabaseSync, name: 'user_version' | 'application_id'): number {
  return Number(connection.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0);
}

/** SQLITE_CORRUPT and SQLITE_NOTADB, https://www.sqlite.org/rescode.html */
function isNotDatabase(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (error.errcode === 11 || error.errcode === 26);
}
