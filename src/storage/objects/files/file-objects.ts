/** The object port on a directory: bytes in blob files, what they are in an index that SQLite keeps. */
import { join } from 'node:path';
import type { Clock } from '../../../base/clock.ts';
import type { Database } from '../../sqlite/database.ts';
import { openDatabase } from '../../sqlite/database.ts';
import { assertKey } from '../../sqlite/key-range.ts';
import { StorageError } from '../../storage-error.ts';
import type { DeleteCheck, DeleteMarker, Finish, ListQuery, ListResult, MultipartUpload } from '../objects.ts';
import type { ObjectFacts, Objects, PartFacts, PutResult, StoredObject, Version } from '../objects.ts';
import type { VersionList, VersionQuery, Writing, WrittenVersion } from '../objects.ts';
import { Blobs, randomName } from './blobs.ts';
import { Commits } from './commits.ts';
import { DiscardLine } from './discard-line.ts';
import { ObjectIndex } from './object-index.ts';
import type { CompleteResult } from './object-index.ts';
import { readSegments } from './read-segments.ts';
import { receiveBlob } from './receive-blob.ts';
import type { ReceivedBlob } from './receive-blob.ts';
import { INDEX_SCHEMA } from './schema.ts';

/** Objects and uploads of a dropped bucket that one commit takes. */
const DROP_STEP = 256;

/** What an operator or a test may set. */
export interface FileObjectsOptions {
  /** Milliseconds that replaced bytes stay for those who looked the object up before; 5,000 unless told. */
  readonly keepReplaced?: number;
}

/**
 * Opens the object store in `directory`, making it (mode 0700) when it is not there, and removes
 * what a crash left behind. What that costs grows with what was under way, not with what is stored.
 *
 * @param clock of `lastModified`
 * @throws StorageError when another process has it open, or its index is not one, or a newer one
 */
export async function openFileObjects(
  directory: string,
  clock: Clock,
  options: FileObjectsOptions = {},
): Promise<Objects> {
  const database = openDatabase(join(directory, 'index.sqlite'), INDEX_SCHEMA);
  try {
    const index = new ObjectIndex(database.connection);
    const blobs = new Blobs(directory);
    const commits: Commits = new Commits(database.connection, () => discarded.wake());
    const discarded = new DiscardLine(index.contents, blobs, commits, options.keepReplaced ?? 5_000);
    for (const name of blobs.incoming()) {
      if (index.contents.hasBlob(name)) blobs.settle(name);
      else await blobs.dropIncoming(name);
    }
    await discarded.clear();
    return new FileObjects({ database, index, blobs, commits, discarded, clock });
  } catch (error) {
    database.close();
    throw error;
  }
}

interface Store {
  readonly database: Database;
  readonly index: ObjectIndex;
  readonly blobs: Blobs;
  readonly commits: Commits;
  readonly discarded: DiscardLine;
  readonly clock: Clock;
}

/**
 * Methods that change something run their change through the commits. Those that read ask the index
 * at once: a commit begins and ends within one turn of the event loop, so they never see half of it.
 */
class FileObjects implements Objects {
  readonly #store: Store;
  #closed = false;

  constructor(store: Store) {
    this.#store = store;
  }

  async put(
    bucket: string,
    key: string,
    body: AsyncIterable<Uint8Array>,
    finish: Finish,
    writing: Writing,
  ): Promise<PutResult> {
    assertKey(bucket);
    assertKey(key);
    const { index, clock } = this.#store;
    return this.#take(
      body,
      finish,
      ({ name, size, facts }) =>
        index.putObject(bucket, key, name, { ...facts, size, lastModified: clock.now() }, writing),
      (result) => result.kind === 'stored',
    );
  }

  async head(bucket: string, key: string): Promise<StoredObject | undefined> {
    return this.#store.index.versions.head(bucket, key);
  }

  async find(bucket: string, key: string, versionId: string | undefined): Promise<Version | undefined> {
    return this.#store.index.versions.find(bucket, key, versionId);
  }

  async *read(object: StoredObject, start: number, end: number): AsyncGenerator<Uint8Array, void, undefined> {
    const { index, blobs, discarded } = this.#store;
    discarded.hold(object.content);
    try {
      const segments = index.contents.segments(object.content);
      if (segments.length === 0) throw new StorageError('the object was replaced before anyone began to read it');
      yield* readSegments(blobs, segments, start, end);
    } finally {
      discarded.release(object.content);
    }
  }

  update(
    bucket: string,
    key: string,
    versionId: string,
    change: (object: StoredObject) => ObjectFacts,
  ): Promise<boolean> {
    const { index, commits } = this.#store;
    return commits.add(() => index.versions.update(bucket, key, versionId, change));
  }

  delete(bucket: string, key: string, versionId: string, check?: DeleteCheck): Promise<Version | undefined> {
    const { index, commits } = this.#store;
    return commits.add(() => index.versions.delete(bucket, key, versionId, check));
  }

  async mark(bucket: string, key: string, version: WrittenVersion, check?: DeleteCheck): Promise<DeleteMarker> {
    assertKey(bucket);
    assertKey(key);
    const { index, commits, clock } = this.#store;
    return commits.add(() => index.versions.mark(bucket, key, version, clock.now(), check));
  }

  async list(bucket: string, query: ListQuery): Promise<ListResult> {
    assertKey(query.prefix);
    assertKey(query.after);
    return this.#store.index.listing.list(bucket, query);
  }

  async listVersions(bucket: string, query: VersionQuery): Promise<VersionList> {
    assertKey(query.prefix);
    assertKey(query.after?.key ?? '');
    return this.#store.index.versionListing.list(bucket, query);
  }

  async isEmpty(bucket: string): Promise<boolean> {
    return this.#store.index.versions.isEmpty(bucket);
  }

  async createUpload(upload: MultipartUpload): Promise<void> {
    assertKey(upload.bucket);
    assertKey(upload.key);
    const { index, commits, clock } = this.#store;
    await commits.add(() => {
      const begun = index.versions.begin(upload.bucket, upload.key, clock.now());
      index.uploads.add(upload, randomName(), begun);
    });
  }

  async getUpload(bucket: string, key: string, uploadId: string): Promise<MultipartUpload | undefined> {
    return this.#store.index.uploads.get({ bucket, key, uploadId });
  }

  async listUploads(
    bucket: string,
    prefix: string,
    after: { readonly key: string; readonly uploadId: string } | undefined,
    limit: number,
  ): Promise<readonly MultipartUpload[]> {
    assertKey(prefix);
    return this.#store.index.uploads.list(bucket, prefix, after, limit);
  }

  async putPart(
    upload: MultipartUpload,
    number: number,
    body: AsyncIterable<Uint8Array>,
    finish: (size: number) => Pick<PartFacts, 'etag' | 'checksums'>,
  ): Promise<PartFacts | undefined> {
    const { index, clock } = this.#store;
    return this.#take(
      body,
      finish,
      ({ name, size, facts: { etag, checksums } }) => {
        const part: PartFacts = { number, size, etag, lastModified: clock.now(), checksums };
        return index.putPart(upload, name, part) ? part : undefined;
      },
      (part) => part !== undefined,
    );
  }

  async listParts(upload: MultipartUpload, after: number, limit: number): Promise<readonly PartFacts[]> {
    const { uploads, contents } = this.#store.index;
    const content = uploads.content(upload);
    return content === undefined ? [] : contents.parts(content, after, limit);
  }

  async completeUpload(
    upload: MultipartUpload,
    numbers: readonly number[],
    facts: Omit<ObjectFacts, 'size' | 'lastModified'>,
    writing: Writing,
  ): Promise<CompleteResult> {
    if (numbers.some((number, at) => at > 0 && number <= (numbers[at - 1] ?? 0))) {
      throw new RangeError('part numbers do not ascend');
    }
    const { index, commits } = this.#store;
    return commits.add(() => index.completeUpload(upload, numbers, facts, writing));
  }

  async completedUpload(bucket: string, key: string, uploadId: string): Promise<StoredObject | undefined> {
    return this.#store.index.completed({ bucket, key, uploadId });
  }

  abortUpload(bucket: string, key: string, uploadId: string): Promise<boolean> {
    const { index, commits } = this.#store;
    return commits.add(() => index.uploads.abort({ bucket, key, uploadId }));
  }

  async dropBucket(bucket: string): Promise<void> {
    const { index, commits } = this.#store;
    while (await commits.add(() => index.dropSome(bucket, DROP_STEP)));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const { discarded, commits, database } = this.#store;
    await discarded.close();
    await commits.close();
    database.close();
  }

  /**
   * Takes a body into a blob, and has `change` name it in the index; when it does not (`named` says
   * so of its result), or fails, the blob is removed again.
   */
  async #take<F, R>(
    body: AsyncIterable<Uint8Array>,
    finish: (size: number) => F,
    change: (blob: ReceivedBlob<F>) => R,
    named: (result: R) => boolean,
  ): Promise<R> {
    if (this.#closed) throw new StorageError('the object store is closed');
    const { blobs, commits } = this.#store;
    const blob = await receiveBlob(blobs, body, finish);
    let settled = false;
    try {
      return await commits.add(
        () => change(blob),
        (result) => {
          settled = named(result);
          if (settled) blobs.settle(blob.name);
        },
      );
    } finally {
      if (!settled) await blobs.dropIncoming(blob.name);
    }
  }
}
