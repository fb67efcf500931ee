/**
 * What writes and deletions do to the versions of a key.
 *
 * The row in `objects`, if there is one, is newer than all of the key's rows in `history`; without
 * it the newest there is a delete marker, or the key has no version at all.
 */
import type { DatabaseSync } from 'node:sqlite';
import { NULL_VERSION } from '../../../base/version-id.ts';
import type {
  DeleteCheck,
  DeleteMarker,
  ObjectFacts,
  PutCondition,
  PutResult,
  StoredObject,
  Version,
  WrittenVersion,
} from '../objects.ts';
import { integer, text } from './columns.ts';
import type { Contents } from './contents.ts';
import { HistoryTable } from './history-table.ts';
import { ObjectTable } from './object-table.ts';
import type { UploadTable } from './upload-table.ts';
import { newVersion } from './version-order.ts';
import type { NewVersion } from './version-order.ts';
import { objectOf, versionOf } from './version-row.ts';
import type { Row } from './version-row.ts';

export class VersionIndex {
  readonly #contents: Contents;
  readonly #uploads: UploadTable;
  readonly #objects: ObjectTable;
  readonly #history: HistoryTable;

  constructor(connection: DatabaseSync, contents: Contents, uploads: UploadTable) {
    this.#contents = contents;
    this.#uploads = uploads;
    this.#objects = new ObjectTable(connection);
    this.#history = new HistoryTable(connection);
  }

  /** The version of this id, or the latest; an object with its parts. */
  find(bucket: string, key: string, versionId: string | undefined): Version | undefined {
    const latest = this.#objects.get(bucket, key);
    if (versionId === undefined) return this.#version(bucket, latest ?? this.#history.newest(bucket, key));
    if (latest?.['version_id'] === versionId) return this.#version(bucket, latest);
    return this.#version(bucket, this.#history.get(bucket, key, versionId));
  }

  /** The latest version, if it is an object; with its parts. */
  head(bucket: string, key: string): StoredObject | undefined {
    const version = this.#version(bucket, this.#objects.get(bucket, key));
    return version?.kind === 'object' ? version.object : undefined;
  }

  /** Why an object may not be put here now, or undefined. */
  refusal(bucket: string, key: string, condition: PutCondition): Exclude<PutResult, { kind: 'stored' }> | undefined {
    switch (condition.kind) {
      case 'none':
        return undefined;
      case 'absent':
        return this.#objects.get(bucket, key) === undefined ? undefined : { kind: 'conditionFailed' };
      case 'etag': {
        const row = this.#objects.get(bucket, key);
        if (row === undefined) return { kind: 'noSuchKey' };
        return row['etag'] === condition.etag ? undefined : { kind: 'conditionFailed' };
      }
      default:
        return condition satisfies never;
    }
  }

  /** Puts an object that has its content on top of its key. */
  put(draft: Omit<StoredObject, 'versionId'>, multipart: boolean, kind: WrittenVersion): StoredObject {
    const { versionId, age } = this.#makeWay(draft.bucket, draft.key, kind, draft.lastModified);
    const object = { ...draft, versionId };
    this.#objects.put(object, age, multipart);
    return object;
  }

  /** Puts a delete marker on top of a key. */
  mark(bucket: string, key: string, kind: WrittenVersion, now: number, check?: DeleteCheck): DeleteMarker {
    check?.(this.find(bucket, key, undefined));
    const { versionId, age } = this.#makeWay(bucket, key, kind, now);
    this.#objects.remove(bucket, key);
    const marker = { bucket, key, versionId, lastModified: now };
    this.#history.addMarker(marker, age);
    return marker;
  }

  /** Changes facts of an object; false when there is none of this id. */
  update(bucket: string, key: string, versionId: string, change: (object: StoredObject) => ObjectFacts): boolean {
    const version = this.find(bucket, key, versionId);
    if (version?.kind !== 'object') return false;
    const facts = { ...change(version.object), uploadId: version.object.uploadId };
    if (this.#objects.get(bucket, key)?.['version_id'] === versionId) this.#objects.update(bucket, key, facts);
    else this.#history.update(bucket, key, versionId, facts);
    return true;
  }

  /** Removes a version for ever; the next older one is the latest when this one was. */
  delete(bucket: string, key: string, versionId: string, check?: DeleteCheck): Version | undefined {
    const version = this.find(bucket, key, versionId);
    check?.(version);
    if (version === undefined) return undefined;
    const latest = this.#objects.get(bucket, key);
    if (latest?.['version_id'] === versionId) {
      this.#discard(bucket, latest);
      this.#objects.remove(bucket, key);
      this.#promoteNewest(bucket, key);
    } else {
      this.#removeOlder(bucket, key, versionId);
      if (latest === undefined) this.#promoteNewest(bucket, key);
    }
    return version;
  }

  /** Some versions of a bucket, at most `limit` of each kind. */
  some(bucket: string, limit: number): { readonly key: string; readonly versionId: string }[] {
    const latest = this.#objects.someKeys(bucket, limit).map((key) => {
      const row = this.#objects.get(bucket, key);
      return { key, versionId: text(row?.['version_id']) };
    });
    return [...this.#history.some(bucket, limit), ...latest];
  }

  /** Whether the bucket has no version at all. */
  isEmpty(bucket: string): boolean {
    return this.#objects.someKeys(bucket, 1).length === 0 && this.#history.some(bucket, 1).length === 0;
  }

  /** Makes room for a version above those that are there; the row in `objects` is then to be replaced or removed. */
  #makeWay(bucket: string, key: string, kind: WrittenVersion, now: number): NewVersion {
    const latest = this.#objects.get(bucket, key);
    const older = this.#history.newest(bucket, key);
    const newest = latest ?? older;
    if (latest !== undefined) {
      if (kind === 'null' && latest['version_id'] === NULL_VERSION) this.#discard(bucket, latest);
      else this.#history.retire(bucket, key);
    }
    if (kind === 'null' && older !== undefined) this.#removeOlder(bucket, key, NULL_VERSION);
    return newVersion(kind, now, newest === undefined ? undefined : integer(newest['age']));
  }

  #removeOlder(bucket: string, key: string, versionId: string): void {
    const row = this.#history.get(bucket, key, versionId);
    if (row === undefined) return;
    this.#discard(bucket, row);
    this.#history.remove(bucket, row);
  }

  /** When the key has no row in `objects`: the newest version takes that place, unless it is a delete marker. */
  #promoteNewest(bucket: string, key: string): void {
    const newest = this.#history.newest(bucket, key);
    if (newest === undefined || newest['content'] === null) return;
    this.#history.promote(bucket, key, integer(newest['age']));
  }

  /** Of a version that goes: its content, and that an upload was completed as it. */
  #discard(bucket: string, row: Row): void {
    if (row['content'] === null) return;
    const { content, key, uploadId } = objectOf(bucket, row);
    this.#contents.discard(content);
    if (uploadId !== undefined) this.#uploads.forget({ bucket, key, uploadId });
  }

  #version(bucket: string, row: Row | undefined): Version | undefined {
    if (row === undefined) return undefined;
    const version = versionOf(bucket, row);
    if (version.kind !== 'object' || row['multipart'] !== 1) return version;
    return { kind: 'object', object: { ...version.object, parts: this.#contents.parts(version.object.content) } };
  }
}
