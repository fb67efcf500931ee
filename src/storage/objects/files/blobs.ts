/**
 * Blob files: bytes under random names that nothing outside chooses.
 *
 * A new blob is written under `incoming/`, and moves to its place under `blobs/` when the index
 * names it: what a crash leaves behind is found by looking through `incoming/`, however many
 * objects there are. A blob is never changed.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isErrno, makePrivateDirectory } from '../../sqlite/private-files.ts';
import { DirectorySync } from './directory-sync.ts';

/** 128 random bits as hex: never given twice. */
export function randomName(): string {
  return randomBytes(16).toString('hex');
}

export class Blobs {
  readonly #incoming: string;
  readonly #blobs: string;
  readonly #incomingSync: DirectorySync;
  /** Directories under `blobs/` that are known to be there. */
  readonly #fans = new Set<string>();
  /** Named by the index, but not movable when it was (a full disk): moved at the next opening. */
  readonly #stranded = new Set<string>();

  /** Makes the directories that are not there. */
  constructor(directory: string) {
    this.#incoming = join(directory, 'incoming');
    this.#blobs = join(directory, 'blobs');
    makePrivateDirectory(this.#incoming);
    makePrivateDirectory(this.#blobs);
    this.#incomingSync = new DirectorySync(this.#incoming);
  }

  /** Names of the blobs that no settling has reached. */
  incoming(): readonly string[] {
    return readdirSync(this.#incoming);
  }

  /** Where a new blob is written. */
  incomingPath(name: string): string {
    return join(this.#incoming, name);
  }

  /** Where a settled blob is read. */
  path(name: string): string {
    return this.#stranded.has(name) ? this.incomingPath(name) : join(this.#blobs, name.slice(0, 2), name);
  }

  /** Resolves when the names of all new blobs are durable. */
  syncIncoming(): Promise<void> {
    return this.#incomingSync.sync();
  }

  /**
   * Moves a blob that the index has just named to its place. Not synced: should a power cut undo
   * the move, the blob is under `incoming/` again and the next opening moves it.
   */
  settle(name: string): void {
    try {
      const path = this.path(name);
      const fan = dirname(path);
      if (!this.#fans.has(fan)) mkdirSync(fan, { recursive: true, mode: 0o700 });
      this.#fans.add(fan);
      renameSync(this.incomingPath(name), path);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      this.#stranded.add(name);
    }
  }

  /** Removes a blob that the index never named; one that is gone is fine. */
  async dropIncoming(name: string): Promise<void> {
    await remove(this.incomingPath(name));
  }

  /** Removes a settled blob; one that is gone is fine. Whoever has it open reads on. */
  async remove(name: string): Promise<void> {
    await remove(this.path(name));
    this.#stranded.delete(name);
  }
}

async function remove(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}
