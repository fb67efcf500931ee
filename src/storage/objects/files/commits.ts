/**
 * Changes of the index, committed in groups: those that wait when a commit begins share it, and
 * with it the one fsync that makes it durable.
 */
import type { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../../storage-error.ts';

/** Changes in one commit, at most: bounds how long the event loop stands still. */
const GROUP = 256;

interface Waiting {
  /** Makes the change; what it returns answers the caller once all is committed. */
  readonly change: () => () => void;
  readonly fail: (error: unknown) => void;
}

export class Commits {
  readonly #connection: DatabaseSync;
  readonly #afterCommit: () => void;
  readonly #idle: (() => void)[] = [];
  #waiting: Waiting[] = [];
  #scheduled = false;
  #closed = false;

  /** @param afterCommit called after each commit; does not throw */
  constructor(connection: DatabaseSync, afterCommit: () => void) {
    this.#connection = connection;
    this.#afterCommit = afterCommit;
  }

  /**
   * Runs `change`, which is synchronous, in a transaction and resolves when it is durable. When it
   * throws, what it did is undone and its error passed on; others in the group are not touched.
   *
   * @param committed told of the result right after the commit, before any other code can read; does not throw
   */
  add<T>(change: () => T, committed?: (result: T) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(new StorageError('the object store is closed'));
      this.#waiting.push({
        change: () => {
          const result = change();
          return () => {
            committed?.(result);
            resolve(result);
          };
        },
        fail: reject,
      });
      this.#schedule();
    });
  }

  /** Takes no more changes, and resolves when those that wait are committed. */
  close(): Promise<void> {
    this.#closed = true;
    return new Promise((resolve) => {
      this.#idle.push(resolve);
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      const group = this.#waiting.splice(0, GROUP);
      if (group.length > 0) this.#commit(group);
      if (this.#waiting.length > 0) this.#schedule();
      else for (const resolve of this.#idle.splice(0)) resolve();
    });
  }

  #commit(group: readonly Waiting[]): void {
    const answers: (() => void)[] = [];
    const changed: Waiting[] = [];
    try {
      this.#connection.exec('BEGIN IMMEDIATE');
      for (const waiting of group) {
        const answer = this.#attempt(waiting);
        if (answer === undefined) continue;
        answers.push(answer);
        changed.push(waiting);
      }
      this.#connection.exec('COMMIT');
    } catch (error) {
      if (this.#connection.isTransaction) this.#connection.exec('ROLLBACK');
      for (const waiting of group) waiting.fail(error);
      return;
    }
    for (const answer of answers) answer();
    this.#afterCommit();
  }

  /** Undefined when the change threw: it is undone and its caller knows. */
  #attempt(waiting: Waiting): (() => void) | undefined {
    this.#connection.exec('SAVEPOINT change');
    try {
      const answer = waiting.change();
      this.#connection.exec('RELEASE change');
      return answer;
    } catch (error) {
      // Some failures, a full disk among them, end the whole transaction: then the group has failed.
      if (!this.#connection.isTransaction) throw error;
      this.#connection.exec('ROLLBACK TO change; RELEASE change');
      waiting.fail(error);
      return undefined;
    }
  }
}
