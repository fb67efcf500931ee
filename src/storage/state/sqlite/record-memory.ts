/** Records read lately, kept parsed: the hot path asks for the same role and provider again and again. */
import type { DatabaseSync } from 'node:sqlite';
import type { Reader } from '../state.ts';
import { TableReader } from './record-table.ts';

/** Records kept for each kind; the one read in longest ago makes room. */
const CAPACITY = 4096;

/**
 * A reader of committed records that remembers them. One process has the file, so a commit of ours is
 * the only thing that can make a remembered record stale: {@link forget} must follow it in the same turn.
 */
export class RememberingReader<V> extends TableReader<V> implements Reader<V> {
  readonly #remembered = new Map<string, V>();

  constructor(connection: DatabaseSync, table: string) {
    super(connection, table);
  }

  override async get(key: string): Promise<V | undefined> {
    const known = this.#remembered.get(key);
    if (known !== undefined) return known;
    const record = this.read(key);
    if (record === undefined) return undefined;
    if (this.#remembered.size >= CAPACITY) {
      for (const oldest of this.#remembered.keys()) {
        this.#remembered.delete(oldest);
        break;
      }
    }
    this.#remembered.set(key, frozen(record));
    return record;
  }

  forget(key: string): void {
    this.#remembered.delete(key);
  }
}

/** Many callers hold the same record: none may change it under the others. */
function frozen<V>(value: V): V {
  if (typeof value !== 'object' || value === null) return value;
  for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
}
