/** Contents and their segments in the index; a content that was discarded waits in line for its removal. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { PartFacts } from '../objects.ts';
import { integer, json, text } from './columns.ts';

/** One blob file of a content. */
export interface Segment {
  readonly number: number;
  readonly blob: string;
  /** In bytes. */
  readonly size: number;
}

/** What of a part is kept as JSON in its segment. */
type KeptPart = Omit<PartFacts, 'number' | 'size'>;

/** A content in the line of discarded ones; ids ascend. */
export interface Discarded {
  readonly id: number;
  readonly content: string;
}

export class Contents {
  readonly #insert: StatementSync;
  readonly #segments: StatementSync;
  readonly #parts: StatementSync;
  readonly #segmentOf: StatementSync;
  readonly #blob: StatementSync;
  readonly #rename: StatementSync;
  readonly #remove: StatementSync;
  readonly #discard: StatementSync;
  readonly #discarded: StatementSync;
  readonly #lastDiscarded: StatementSync;
  readonly #forget: StatementSync;

  constructor(connection: DatabaseSync) {
    const of = 'WHERE content = ? AND number > ? ORDER BY number LIMIT ?';
    this.#insert = connection.prepare(
      'INSERT INTO segments (content, number, blob, size, part) VALUES (?, ?, ?, ?, ?)',
    );
    this.#segments = connection.prepare(`SELECT number, blob, size FROM segments ${of}`);
    this.#parts = connection.prepare(`SELECT number, size, part FROM segments ${of}`);
    this.#segmentOf = connection.prepare('SELECT blob FROM segments WHERE content = ? AND number = ?');
    this.#blob = connection.prepare('SELECT 1 FROM segments WHERE blob = ?');
    this.#rename = connection.prepare('UPDATE segments SET content = ? WHERE content = ? AND number = ?');
    this.#remove = connection.prepare('DELETE FROM segments WHERE content = ?');
    this.#discard = connection.prepare('INSERT INTO discarded (content) VALUES (?)');
    this.#discarded = connection.prepare(
      'SELECT id, content FROM discarded WHERE id > ? AND id <= ? ORDER BY id LIMIT ?',
    );
    this.#lastDiscarded = connection.prepare('SELECT coalesce(max(id), 0) AS id FROM discarded');
    this.#forget = connection.prepare('DELETE FROM discarded WHERE id = ?');
  }

  /** Makes a content of one blob, with the blob's name: no other content has it, since names are never given twice. */
  addWhole(blob: string, size: number): void {
    this.#insert.run(blob, 0, blob, size, null);
  }

  /** Adds a part to an upload's content; the blob of one with the same number is discarded. */
  addPart(content: string, blob: string, part: PartFacts): void {
    this.dropPart(content, part.number);
    const { etag, lastModified, checksums } = part;
    const kept: KeptPart = { etag, lastModified, checksums };
    this.#insert.run(content, part.number, blob, part.size, JSON.stringify(kept));
  }

  /** Discards a part, if there is one of this number: its segment becomes a content of its own. */
  dropPart(content: string, number: number): void {
    const row = this.#segmentOf.get(content, number);
    if (row === undefined) return;
    const blob = text(row['blob']);
    this.#rename.run(blob, content, number);
    this.discard(blob);
  }

  /** In number order, numbers after `after`. */
  segments(content: string, after = -1, limit = -1): Segment[] {
    const rows = this.#segments.all(content, after, limit);
    return rows.map((row) => ({
      number: integer(row['number']),
      blob: text(row['blob']),
      size: integer(row['size']),
    }));
  }

  /** The parts of an upload's content in number order, numbers after `after`. */
  parts(content: string, after = -1, limit = -1): PartFacts[] {
    return this.#parts.all(content, after, limit).map((row) => {
      const kept = json<KeptPart>(row['part']);
      return { number: integer(row['number']), size: integer(row['size']), ...kept };
    });
  }

  /** Whether any content has this blob. */
  hasBlob(blob: string): boolean {
    return this.#blob.get(blob) !== undefined;
  }

  /** Puts a content in the line for removal. */
  discard(content: string): void {
    this.#discard.run(content);
  }

  /** The line, from its head: ids after `after` up to `through`. */
  discarded(after: number, through: number, limit: number): Discarded[] {
    const rows = this.#discarded.all(after, through, limit);
    return rows.map((row) => ({ id: integer(row['id']), content: text(row['content']) }));
  }

  /** The id of the last content in line; 0 when the line is empty. */
  lastDiscarded(): number {
    return integer(this.#lastDiscarded.get()?.['id']);
  }

  /** Forgets a discarded content whose blobs are removed. */
  forget(discarded: Discarded): void {
    this.#remove.run(discarded.content);
    this.#forget.run(discarded.id);
  }
}
