/** Records read lately, kept parsed: the hot path asks for the same role and provider again and again. */
import type { DatabaseSync } from 'node:sqlite';
import type { Reader } from '../state.ts';
import { TableReader } from './record-table.ts';

/** What one kind may keep; the record read in longest ago makes room. */
export interface MemoryBounds {
  readonly records: number;
  /** Characters of JSON in all: a parsed record takes some times as many bytes. */
  readonly characters: number;
}

/**
 * More records than the 10,000 providers that `bench/verify.ts` asks for in turn: with room for fewer,
 * in that order, every read would miss.
 */
const BOUNDS: MemoryBounds = { records: 16_384, characters: 16_777_216 };

/**
 * A reader of committed records that remembers them. One process has the file, so a commit of ours is
 * the only thing that can make a remembered record stale: {@link forget} must follow it in the same turn.
 */
export class RememberingReader<V> extends TableReader<V> implements Reader<V> {
  /** As promises that have long been kept: the next reader awaits the same one. */
  readonly #remembered = new Map<string, Promise<V>>();
  /** Beside the records, not around them: a hit needs none of it. */
  readonly #lengths = new Map<string, number>();
  readonly #bounds: MemoryBounds;
  #characters = 0;

  constructor(connection: DatabaseSync, table: string, bounds = BOUNDS) {
    super(connection, table);
    this.#bounds = bounds;
  }

  override get(key: string): Promise<V | undefined> {
    return this.#remembered.get(key) ?? this.#readIn(key);
  }

  async #readIn(key: string): Promise<V | undefined> {
    const found = this.read(key);
    if (found === undefined) return undefined;
    this.#makeRoom(found.length);
    this.#remembered.set(key, Promise.resolve(frozen(found.record)));
    this.#lengths.set(key, found.length);
    this.#characters += found.length;
    return found.record;
  }

  forget(key: string): void {
    this.#characters -= this.#lengths.get(key) ?? 0;
    this.#lengths.delete(key);
    this.#remembered.delete(key);
  }

  #makeRoom(length: number): void {
    const { records, characters } = this.#bounds;
    for (const oldest of this.#remembered.keys()) {
      if (this.#remembered.size < records && this.#characters + length <= characters) return;
      this.forget(oldest);
    }
  }
}

/** Many callers hold the same record: none may change it under the others. */
function frozen<V>(value: V): V {
  if (typeof value !== 'object' || value === null) return value;
  for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
}
