/** Objects in the index: what is under a bucket and key now. */
import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { ObjectFacts, PutCondition, PutResult, StoredObject } from '../objects.ts';
import type { Contents } from './contents.ts';
import { integer, json, text } from './columns.ts';

/** What of the facts is kept as JSON: all that is not a column of its own or known from the parts. */
type KeptFacts = Omit<ObjectFacts, 'size' | 'etag' | 'lastModified' | 'parts'>;

type Row = Record<string, SQLOutputValue>;

/** Columns that {@link objectOf} reads. */
export const OBJECT_COLUMNS = 'key, content, multipart, size, etag, last_modified, facts';

/** An object without its parts, from a row of {@link OBJECT_COLUMNS}. */
export function objectOf(bucket: string, row: Row): StoredObject {
  return storedObject(bucket, text(row['key']), text(row['content']), {
    size: integer(row['size']),
    etag: text(row['etag']),
    lastModified: integer(row['last_modified']),
    ...json<KeptFacts>(row['facts']),
  });
}

/** An object without its parts, whatever else `facts` holds. */
export function storedObject(bucket: string, key: string, content: string, facts: ObjectFacts): StoredObject {
  const { size, etag, lastModified } = facts;
  return { bucket, key, content, size, etag, lastModified, ...keptFacts(facts) };
}

export class ObjectTable {
  readonly #contents: Contents;
  readonly #get: StatementSync;
  readonly #put: StatementSync;
  readonly #update: StatementSync;
  readonly #delete: StatementSync;
  readonly #any: StatementSync;

  constructor(connection: DatabaseSync, contents: Contents) {
    this.#contents = contents;
    this.#get = connection.prepare(`SELECT ${OBJECT_COLUMNS} FROM objects WHERE bucket = ? AND key = ?`);
    this.#put = connection.prepare(
      `INSERT INTO objects (bucket, key, content, multipart, size, etag, last_modified, facts)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (bucket, key) DO UPDATE SET content = excluded.content, multipart = excluded.multipart,
         size = excluded.size, etag = excluded.etag, last_modified = excluded.last_modified, facts = excluded.facts`,
    );
    this.#update = connection.prepare(
      'UPDATE objects SET etag = ?, last_modified = ?, facts = ? WHERE bucket = ? AND key = ?',
    );
    this.#delete = connection.prepare('DELETE FROM objects WHERE bucket = ? AND key = ?');
    this.#any = connection.prepare('SELECT key FROM objects WHERE bucket = ? LIMIT ?');
  }

  /** With its parts. */
  get(bucket: string, key: string): StoredObject | undefined {
    const row = this.#get.get(bucket, key);
    if (row === undefined) return undefined;
    const object = objectOf(bucket, row);
    return row['multipart'] === 1 ? { ...object, parts: this.#contents.parts(object.content) } : object;
  }

  /** Why an object may not be put here now, or undefined. */
  refusal(bucket: string, key: string, condition: PutCondition): Exclude<PutResult, { kind: 'stored' }> | undefined {
    switch (condition.kind) {
      case 'none':
        return undefined;
      case 'absent':
        return this.#get.get(bucket, key) === undefined ? undefined : { kind: 'conditionFailed' };
      case 'etag': {
        const row = this.#get.get(bucket, key);
        if (row === undefined) return { kind: 'noSuchKey' };
        return row['etag'] === condition.etag ? undefined : { kind: 'conditionFailed' };
      }
      default:
        return condition satisfies never;
    }
  }

  /** Puts an object that has its content; the content of the one before is discarded. */
  put(object: StoredObject, multipart: boolean): void {
    const { bucket, key, content, size, etag, lastModified } = object;
    const before = this.#get.get(bucket, key);
    if (before !== undefined) this.#contents.discard(text(before['content']));
    this.#put.run(bucket, key, content, multipart ? 1 : 0, size, etag, lastModified, JSON.stringify(keptFacts(object)));
  }

  /** Changes facts of the object that is there. */
  update(bucket: string, key: string, facts: ObjectFacts): void {
    this.#update.run(facts.etag, facts.lastModified, JSON.stringify(keptFacts(facts)), bucket, key);
  }

  /** False when there was none. */
  delete(bucket: string, key: string): boolean {
    const row = this.#get.get(bucket, key);
    if (row === undefined) return false;
    this.#delete.run(bucket, key);
    this.#contents.discard(text(row['content']));
    return true;
  }

  /** Some keys of a bucket, at most `limit`. */
  someKeys(bucket: string, limit: number): string[] {
    return this.#any.all(bucket, limit).map((row) => text(row['key']));
  }
}

function keptFacts(facts: ObjectFacts): KeptFacts {
  const { headers, metadata, tags, checksums, checksumType, storageClass } = facts;
  return { headers, metadata, tags, checksums, checksumType, storageClass };
}
