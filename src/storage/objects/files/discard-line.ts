/**
 * The removal of discarded contents: not before those who looked an object up just before it was
 * replaced have begun to read it, nor while anyone is reading.
 */
import type { Blobs } from './blobs.ts';
import type { Commits } from './commits.ts';
import type { Contents, Discarded } from './contents.ts';

/** Contents that are removed in one commit. */
const STEP = 256;

export class DiscardLine {
  readonly #contents: Contents;
  readonly #blobs: Blobs;
  readonly #commits: Commits;
  /** Milliseconds that a discarded content is kept at least; at most twice as long when nobody reads it. */
  readonly #keptFor: number;
  readonly #readers = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  /** Contents up to this id have been in line for one period. */
  #due = 0;
  #sweeping: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(contents: Contents, blobs: Blobs, commits: Commits, keptFor: number) {
    this.#contents = contents;
    this.#blobs = blobs;
    this.#commits = commits;
    this.#keptFor = keptFor;
  }

  /** Something may have been discarded: looks after one period. */
  wake(): void {
    if (this.#timer !== undefined || this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#sweeping = this.#sweep().catch(() => this.wake());
    }, this.#keptFor);
    this.#timer.unref();
  }

  /** Keeps a content until {@link release} is called as often. */
  hold(content: string): void {
    this.#readers.set(content, (this.#readers.get(content) ?? 0) + 1);
  }

  release(content: string): void {
    const readers = (this.#readers.get(content) ?? 0) - 1;
    if (readers > 0) this.#readers.set(content, readers);
    else this.#readers.delete(content);
  }

  /** Removes everything in line that nobody reads, however short a time it has been there. */
  async clear(): Promise<void> {
    await this.#remove(Number.MAX_SAFE_INTEGER);
  }

  /** Stops; what is in line stays there. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#sweeping;
  }

  async #sweep(): Promise<void> {
    await this.#remove(this.#due);
    this.#due = this.#contents.lastDiscarded();
    if (this.#due > 0) this.wake();
  }

  async #remove(through: number): Promise<void> {
    let after = 0;
    while (!this.#closed) {
      const line = this.#contents.discarded(after, through, STEP);
      const last = line.at(-1);
      if (last === undefined) return;
      after = last.id;
      await this.#removeEach(line.filter(({ content }) => !this.#readers.has(content)));
    }
  }

  async #removeEach(line: readonly Discarded[]): Promise<void> {
    if (line.length === 0) return;
    for (const { content } of line) {
      for (const { blob } of this.#contents.segments(content)) await this.#blobs.remove(blob);
    }
    await this.#commits.add(() => line.forEach((discarded) => this.#contents.forget(discarded)));
  }
}
