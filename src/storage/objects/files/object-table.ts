/** The latest versions in the index, those that are objects: what is under a bucket and key now. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ObjectFacts, StoredObject } from '../objects.ts';
import { text } from './columns.ts';
import { VERSION_COLUMNS, factsText } from './version-row.ts';
import type { Row } from './version-row.ts';

export class ObjectTable {
  readonly #get: StatementSync;
  readonly #put: StatementSync;
  readonly #update: StatementSync;
  readonly #remove: StatementSync;
  readonly #any: StatementSync;

  constructor(connection: DatabaseSync) {
    this.#get = connection.prepare(`SELECT ${VERSION_COLUMNS} FROM objects WHERE bucket = ? AND key = ?`);
    this.#put = connection.prepare(
      `INSERT INTO objects (bucket, key, content, multipart, size, etag, last_modified, facts, version_id, age)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (bucket, key) DO UPDATE SET content = excluded.content, multipart = excluded.multipart,
         size = excluded.size, etag = excluded.etag, last_modified = excluded.last_modified, facts = excluded.facts,
         version_id = excluded.version_id, age = excluded.age`,
    );
    this.#update = connection.prepare(
      'UPDATE objects SET etag = ?, last_modified = ?, facts = ? WHERE bucket = ? AND key = ?',
    );
    this.#remove = connection.prepare('DELETE FROM objects WHERE bucket = ? AND key = ?');
    this.#any = connection.prepare('SELECT key FROM objects WHERE bucket = ? LIMIT ?');
  }

  get(bucket: string, key: string): Row | undefined {
    return this.#get.get(bucket, key);
  }

  /** Puts an object in the place of the one that is there. */
  put(object: StoredObject, age: number, multipart: boolean): void {
    const { bucket, key, content, size, etag, lastModified, versionId } = object;
    const facts = factsText(object);
    this.#put.run(bucket, key, content, multipart ? 1 : 0, size, etag, lastModified, facts, versionId, age);
  }

  /** Changes facts of the object that is there. */
  update(bucket: string, key: string, facts: ObjectFacts): void {
    this.#update.run(facts.etag, facts.lastModified, factsText(facts), bucket, key);
  }

  remove(bucket: string, key: string): void {
    this.#remove.run(bucket, key);
  }

  /** Some keys of a bucket, at most `limit`. */
  someKeys(bucket: string, limit: number): string[] {
    return this.#any.all(bucket, limit).map((row) => text(row['key']));
  }
}
