/** Records of one kind, as one connection sees them. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { NO_END, afterKey, afterPrefix, assertKey } from '../../sqlite/key-range.ts';
import { StorageError } from '../../storage-error.ts';
import type { Page, Reader, Writer } from '../state.ts';

/** The reads of one table, prepared once. */
export class TableReader<V> implements Reader<V> {
  readonly #get: StatementSync;
  readonly #list: StatementSync;
  readonly #count: StatementSync;

  /** @param table a name from the schema, never input */
  constructor(connection: DatabaseSync, table: string) {
    this.#get = connection.prepare(`SELECT value FROM ${table} WHERE key = ?`);
    this.#list = connection.prepare(
      `SELECT value FROM ${table} WHERE key >= max(?, ?) AND key < ? ORDER BY key LIMIT ?`,
    );
    this.#count = connection.prepare(`SELECT count(*) AS value FROM ${table} WHERE key >= ? AND key < ?`);
  }

  async get(key: string): Promise<V | undefined> {
    return this.read(key)?.record;
  }

  /** The record as it stands in the table, parsed anew; `length` in characters of its JSON. */
  protected read(key: string): { readonly record: V; readonly length: number } | undefined {
    assertKey(key);
    const text = this.#get.get(key)?.['value'];
    return text === undefined ? undefined : { record: parse<V>(text), length: String(text).length };
  }

  async list(prefix: string, page: Page): Promise<readonly V[]> {
    assertKey(prefix);
    assertKey(page.after ?? '');
    if (!Number.isSafeInteger(page.limit) || page.limit < 0) throw new RangeError('a page has no or more records');
    const from = page.after === undefined ? '' : afterKey(page.after);
    const rows = this.#list.all(prefix, from, afterPrefix(prefix) ?? NO_END, page.limit);
    return rows.map((row) => parse<V>(row['value']));
  }

  async count(prefix: string): Promise<number> {
    assertKey(prefix);
    return Number(this.#count.get(prefix, afterPrefix(prefix) ?? NO_END)?.['value'] ?? 0);
  }
}

/** The writes of one table, prepared once. Each says whether it changed a row. */
export class TableWriter<V> extends TableReader<V> {
  readonly table: string;
  readonly #create: StatementSync;
  readonly #put: StatementSync;
  readonly #delete: StatementSync;

  constructor(connection: DatabaseSync, table: string) {
    super(connection, table);
    this.table = table;
    const insert = `INSERT INTO ${table} (key, value) VALUES (?, ?)`;
    this.#create = connection.prepare(`${insert} ON CONFLICT (key) DO NOTHING`);
    this.#put = connection.prepare(`${insert} ON CONFLICT (key) DO UPDATE SET value = excluded.value`);
    this.#delete = connection.prepare(`DELETE FROM ${table} WHERE key = ?`);
  }

  create(key: string, value: V): boolean {
    return run(this.#create, key, JSON.stringify(value));
  }

  put(key: string, value: V): boolean {
    return run(this.#put, key, JSON.stringify(value));
  }

  delete(key: string): boolean {
    return run(this.#delete, key);
  }
}

/** What the writers of one transaction share. */
export interface Transaction {
  /** They end with it: one that escapes from its transaction must not write into the next. */
  open: boolean;
  /** Rows that were changed. */
  readonly changed: { readonly table: string; readonly key: string }[];
}

/** A table's writer for the length of one transaction. */
export class TransactionWriter<V> implements Writer<V> {
  readonly #table: TableWriter<V>;
  readonly #transaction: Transaction;

  constructor(table: TableWriter<V>, transaction: Transaction) {
    this.#table = table;
    this.#transaction = transaction;
  }

  async get(key: string): Promise<V | undefined> {
    return this.#open().get(key);
  }

  async list(prefix: string, page: Page): Promise<readonly V[]> {
    return this.#open().list(prefix, page);
  }

  async count(prefix: string): Promise<number> {
    return this.#open().count(prefix);
  }

  async create(key: string, value: V): Promise<boolean> {
    return this.#note(key, this.#open().create(key, value));
  }

  async put(key: string, value: V): Promise<void> {
    this.#note(key, this.#open().put(key, value));
  }

  async delete(key: string): Promise<boolean> {
    return this.#note(key, this.#open().delete(key));
  }

  #open(): TableWriter<V> {
    if (!this.#transaction.open) throw new StorageError('this write is over');
    return this.#table;
  }

  #note(key: string, changed: boolean): boolean {
    if (changed) this.#transaction.changed.push({ table: this.#table.table, key });
    return changed;
  }
}

function run(statement: StatementSync, key: string, ...values: readonly string[]): boolean {
  assertKey(key);
  return Number(statement.run(key, ...values).changes) > 0;
}

/** Rows hold what `JSON.stringify` made of a `V`. */
function parse<V>(value: unknown): V {
  if (typeof value !== 'string') throw new TypeError('a record is not text');
  const record: V = JSON.parse(value);
  return record;
}
