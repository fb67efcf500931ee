/** Every version in the index but those in `objects`: older ones, and delete markers. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { DeleteMarker, ObjectFacts, StoredObject } from '../objects.ts';
import { integer, text } from './columns.ts';
import { VERSION_COLUMNS, factsText } from './version-row.ts';
import type { Row } from './version-row.ts';

const COLUMNS = 'bucket, key, age, version_id, content, multipart, size, etag, last_modified, facts';

export class HistoryTable {
  readonly #newest: StatementSync;
  readonly #get: StatementSync;
  readonly #has: StatementSync;
  readonly #add: StatementSync;
  readonly #addMarker: StatementSync;
  readonly #retire: StatementSync;
  readonly #promote: StatementSync;
  readonly #update: StatementSync;
  readonly #remove: StatementSync;
  readonly #any: StatementSync;

  constructor(connection: DatabaseSync) {
    this.#newest = connection.prepare(
      `SELECT ${VERSION_COLUMNS} FROM history WHERE bucket = ? AND key = ? ORDER BY age LIMIT 1`,
    );
    this.#get = connection.prepare(
      `SELECT ${VERSION_COLUMNS} FROM history WHERE bucket = ? AND key = ? AND version_id = ?`,
    );
    this.#has = connection.prepare('SELECT 1 FROM history WHERE bucket = ? AND key = ? AND age = ?');
    this.#add = connection.prepare(`INSERT INTO history (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    this.#addMarker = connection.prepare(`INSERT INTO history (${COLUMNS}) VALUES (?, ?, ?, ?, NULL, 0, 0, '', ?, '')`);
    this.#retire = connection.prepare(
      `INSERT INTO history (${COLUMNS}) SELECT ${COLUMNS} FROM objects WHERE bucket = ? AND key = ?`,
    );
    this.#promote = connection.prepare(
      `INSERT INTO objects (${COLUMNS}) SELECT ${COLUMNS} FROM history WHERE bucket = ? AND key = ? AND age = ?`,
    );
    this.#update = connection.prepare(
      'UPDATE history SET etag = ?, last_modified = ?, facts = ? WHERE bucket = ? AND key = ? AND version_id = ?',
    );
    this.#remove = connection.prepare('DELETE FROM history WHERE bucket = ? AND key = ? AND age = ?');
    this.#any = connection.prepare('SELECT key, version_id FROM history WHERE bucket = ? LIMIT ?');
  }

  has(bucket: string, key: string, age: number): boolean {
    return this.#has.get(bucket, key, age) !== undefined;
  }

  newest(bucket: string, key: string): Row | undefined {
    return this.#newest.get(bucket, key);
  }

  get(bucket: string, key: string, versionId: string): Row | undefined {
    return this.#get.get(bucket, key, versionId);
  }

  /** Adds an object below newer versions. */
  add(object: StoredObject, age: number, multipart: boolean): void {
    const { bucket, key, versionId, content, size, etag, lastModified } = object;
    const facts = factsText(object);
    this.#add.run(bucket, key, age, versionId, content, multipart ? 1 : 0, size, etag, lastModified, facts);
  }

  addMarker(marker: DeleteMarker, age: number): void {
    this.#addMarker.run(marker.bucket, marker.key, age, marker.versionId, marker.lastModified);
  }

  /** Takes a copy of the row in `objects`, which is not removed there. */
  retire(bucket: string, key: string): void {
    this.#retire.run(bucket, key);
  }

  /** Moves an object to `objects`, where there is none under its key. */
  promote(bucket: string, key: string, age: number): void {
    this.#promote.run(bucket, key, age);
    this.#remove.run(bucket, key, age);
  }

  /** Changes facts of an object. */
  update(bucket: string, key: string, versionId: string, facts: ObjectFacts): void {
    this.#update.run(facts.etag, facts.lastModified, factsText(facts), bucket, key, versionId);
  }

  remove(bucket: string, row: Row): void {
    this.#remove.run(bucket, text(row['key']), integer(row['age']));
  }

  /** Some versions of a bucket, at most `limit`. */
  some(bucket: string, limit: number): { readonly key: string; readonly versionId: string }[] {
    return this.#any.all(bucket, limit).map((row) => ({ key: text(row['key']), versionId: text(row['version_id']) }));
  }
}
