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
import { VersionTimes, ageOf, nameVersion } from './version-order.ts';
import { objectOf, versionOf } from './version-row.ts';
import type { Row } from './version-row.ts';

/** An object without a version. */
export type Draft = Omit<StoredObject, 'versionId'>;

export class VersionIndex {
  readonly #times = new VersionTimes();
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
    return this.#version(
      bucket,
      versionId === undefined ? this.#newest(bucket, key) : this.#row(bucket, key, versionId),
    );
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

  /** The time of a version that begins now: after those that are there, whatever the clock says. */
  begin(bucket: string, key: string, now: number): number {
    return this.#times.next(now, this.#newestTime(bucket, key));
  }

  /** Puts an object that has its content, and is one blob, on top of its key. */
  put(draft: Draft, kind: WrittenVersion): StoredObject {
    const { bucket, key } = draft;
    const time = this.#times.next(draft.lastModified, this.#newestTime(bucket, key));
    return this.#putOnTop({ ...draft, versionId: nameVersion(kind, time) }, time, false);
  }

  /**
   * Puts an object of parts where a version stands that began at `begun`: on top of its key, or below
   * newer versions. Not kept when it is a null version and a newer one is there.
   */
  putParts(
    draft: Draft,
    kind: WrittenVersion,
    begun: number,
  ): { readonly object: StoredObject; readonly kept: boolean } {
    const { bucket, key } = draft;
    const time = this.#freeTime(bucket, key, begun);
    const object = { ...draft, versionId: nameVersion(kind, time) };
    if ((this.#newestTime(bucket, key) ?? -1) < time) {
      return { object: this.#putOnTop(object, time, true), kept: true };
    }
    if (kind === 'null') {
      const before = this.#row(bucket, key, NULL_VERSION);
      if (before !== undefined && timeOf(before) > time) return { object, kept: false };
      this.#removeOlder(bucket, key, NULL_VERSION);
    }
    this.#history.add(object, ageOf(time), true);
    return { object, kept: true };
  }

  /** Puts a delete marker on top of a key. */
  mark(bucket: string, key: string, kind: WrittenVersion, now: number, check?: DeleteCheck): DeleteMarker {
    check?.(this.find(bucket, key, undefined));
    const time = this.#times.next(now, this.#newestTime(bucket, key));
    const marker = { bucket, key, versionId: nameVersion(kind, time), lastModified: now };
    this.#makeWay(marker);
    this.#objects.remove(bucket, key);
    this.#history.addMarker(marker, ageOf(time));
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

  #putOnTop(object: StoredObject, time: number, multipart: boolean): StoredObject {
    this.#makeWay(object);
    this.#objects.put(object, ageOf(time), multipart);
    return object;
  }

  /** Makes room for a version above those that are there; the row in `objects` is then to be replaced or removed. */
  #makeWay({ bucket, key, versionId }: Pick<StoredObject, 'bucket' | 'key' | 'versionId'>): void {
    const latest = this.#objects.get(bucket, key);
    if (latest?.['version_id'] === NULL_VERSION && versionId === NULL_VERSION) {
      this.#discard(bucket, latest);
      return;
    }
    if (latest !== undefined) this.#history.retire(bucket, key);
    if (versionId === NULL_VERSION) this.#removeOlder(bucket, key, NULL_VERSION);
  }

  #newest(bucket: string, key: string): Row | undefined {
    return this.#objects.get(bucket, key) ?? this.#history.newest(bucket, key);
  }

  #newestTime(bucket: string, key: string): number | undefined {
    const row = this.#newest(bucket, key);
    return row === undefined ? undefined : timeOf(row);
  }

  /** The time, or the next before it that no version of the key has: after a start with its clock set back, one may. */
  #freeTime(bucket: string, key: string, time: number): number {
    let free = time;
    while (this.#newestTime(bucket, key) === free || this.#history.has(bucket, key, ageOf(free))) free--;
    return free;
  }

  #row(bucket: string, key: string, versionId: string): Row | undefined {
    const latest = this.#objects.get(bucket, key);
    return latest?.['version_id'] === versionId ? latest : this.#history.get(bucket, key, versionId);
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

function timeOf(row: Row): number {
  return ageOf(integer(row['age']));
}
