/** The state port on SQLite: one file, for one process. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openDatabase } from '../../sqlite/database.ts';
import type { Database } from '../../sqlite/database.ts';
import { StorageError } from '../../storage-error.ts';
import type { State, Writers } from '../state.ts';
import { prepareReaders, prepareWriters } from './record-tables.ts';
import type { CommittedReaders } from './record-tables.ts';
import type { Transaction } from './record-table.ts';
import { STATE_SCHEMA } from './schema.ts';

/**
 * Opens the state in the file `path`, creating it (mode 0600) and its directory (0700) when they
 * are not there. Reads and commits are synchronous underneath: some 10 µs, and one fsync.
 *
 * @throws StorageError when another process has it open, or it is not a state file, or a newer one
 */
export function openSqliteState(path: string): State {
  const database = openDatabase(path, STATE_SCHEMA);
  const { readers, forget } = prepareReaders(database.openReader());
  const writes = new WriteQueue(database, prepareWriters(database.connection), forget);
  return {
    ...readers,
    generation: () => writes.generation,
    write: (change) => writes.add(change),
    settled: () => writes.settled(),
    close: () => writes.close(),
  };
}

/** One transaction after the other, each alone. */
class WriteQueue {
  readonly #database: Database;
  readonly #writers: (transaction: Transaction) => Writers;
  readonly #forget: CommittedReaders['forget'];
  readonly #current = new AsyncLocalStorage<Transaction>();
  #last: Promise<unknown> = Promise.resolve();
  /** The one that has begun, if any; never rejects. */
  #running: Promise<unknown> | undefined;
  #closed = false;
  generation = 0;

  constructor(database: Database, writers: (transaction: Transaction) => Writers, forget: CommittedReaders['forget']) {
    this.#database = database;
    this.#writers = writers;
    this.#forget = forget;
  }

  async add<T>(change: (writers: Writers) => Promise<T>): Promise<T> {
    if (this.#closed) throw new StorageError('the state is closed');
    // It would wait for the transaction it is part of, for ever.
    if (this.#current.getStore()?.open === true) throw new StorageError('a write cannot begin within a write');
    const result = this.#last.then(() => this.#begin(change));
    // The next one begins in another turn of the event loop: a long queue must not keep requests from being read.
    this.#last = result.catch(() => undefined).then(() => nextTurn());
    return result;
  }

  async settled(): Promise<void> {
    await this.#running;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#last;
    this.#database.close();
  }

  async #begin<T>(change: (writers: Writers) => Promise<T>): Promise<T> {
    const result = this.#run(change);
    this.#running = result.catch(() => undefined);
    try {
      return await result;
    } finally {
      this.#running = undefined;
    }
  }

  async #run<T>(change: (writers: Writers) => Promise<T>): Promise<T> {
    const connection = this.#database.connection;
    const transaction: Transaction = { open: true, changed: [] };
    connection.exec('BEGIN IMMEDIATE');
    try {
      const result = await this.#current.run(transaction, () => change(this.#writers(transaction)));
      transaction.open = false;
      connection.exec('COMMIT');
      this.#forget(transaction.changed);
      if (transaction.changed.length > 0) this.generation++;
      return result;
    } catch (error) {
      transaction.open = false;
      // A full disk may have rolled it back already (https://www.sqlite.org/lang_transaction.html 3.1).
      if (connection.isTransaction) connection.exec('ROLLBACK');
      throw error;
    }
  }
}
