/** Open multipart uploads in the index. Their parts are the segments of their content. */
import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import { NO_END, afterPrefix } from '../../sqlite/key-range.ts';
import type { MultipartUpload } from '../objects.ts';
import type { Contents } from './contents.ts';
import { integer, json, text } from './columns.ts';

/** Of an upload: what finds it. */
export type UploadName = Pick<MultipartUpload, 'bucket' | 'key' | 'uploadId'>;

export class UploadTable {
  readonly #contents: Contents;
  readonly #insert: StatementSync;
  readonly #get: StatementSync;
  readonly #list: StatementSync;
  readonly #delete: StatementSync;
  readonly #complete: StatementSync;
  readonly #completed: StatementSync;
  readonly #forget: StatementSync;

  constructor(connection: DatabaseSync, contents: Contents) {
    this.#contents = contents;
    this.#insert = connection.prepare(
      'INSERT INTO uploads (bucket, key, upload_id, content, facts, begun) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#get = connection.prepare(
      'SELECT content, facts, begun FROM uploads WHERE bucket = ? AND key = ? AND upload_id = ?',
    );
    this.#list = connection.prepare(
      `SELECT facts FROM uploads
       WHERE bucket = ?1 AND key >= max(?2, ?4) AND key < ?3 AND (key, upload_id) > (?4, ?5)
       ORDER BY key, upload_id LIMIT ?6`,
    );
    this.#delete = connection.prepare('DELETE FROM uploads WHERE bucket = ? AND key = ? AND upload_id = ?');
    this.#complete = connection.prepare(
      'INSERT OR REPLACE INTO completed (bucket, key, upload_id, version_id) VALUES (?, ?, ?, ?)',
    );
    this.#completed = connection.prepare(
      'SELECT version_id FROM completed WHERE bucket = ? AND key = ? AND upload_id = ?',
    );
    this.#forget = connection.prepare('DELETE FROM completed WHERE bucket = ? AND key = ? AND upload_id = ?');
  }

  /**
   * @param content a new name
   * @param begun the time of the version that it will be
   */
  add(upload: MultipartUpload, content: string, begun: number): void {
    this.#insert.run(upload.bucket, upload.key, upload.uploadId, content, JSON.stringify(upload), begun);
  }

  get(name: UploadName): MultipartUpload | undefined {
    const row = this.#get.get(name.bucket, name.key, name.uploadId);
    return row === undefined ? undefined : uploadOf(row);
  }

  /** The name of the upload's content. */
  content(name: UploadName): string | undefined {
    const row = this.#get.get(name.bucket, name.key, name.uploadId);
    return row === undefined ? undefined : text(row['content']);
  }

  list(
    bucket: string,
    prefix: string,
    after: { readonly key: string; readonly uploadId: string } | undefined,
    limit: number,
  ): MultipartUpload[] {
    const end = afterPrefix(prefix) ?? NO_END;
    const rows = this.#list.all(bucket, prefix, end, after?.key ?? '', after?.uploadId ?? '', limit);
    return rows.map(uploadOf);
  }

  /** The time that the upload began, as versions have times. */
  begun(name: UploadName): number {
    return integer(this.#get.get(name.bucket, name.key, name.uploadId)?.['begun']);
  }

  /** Ends an upload whose content the version has now. */
  complete(name: UploadName, versionId: string): void {
    this.#delete.run(name.bucket, name.key, name.uploadId);
    this.#complete.run(name.bucket, name.key, name.uploadId, versionId);
  }

  /** The id of the version that an upload was completed as. */
  completed(name: UploadName): string | undefined {
    const row = this.#completed.get(name.bucket, name.key, name.uploadId);
    return row === undefined ? undefined : text(row['version_id']);
  }

  /** Forgets that an upload was completed: its version goes. */
  forget(name: UploadName): void {
    this.#forget.run(name.bucket, name.key, name.uploadId);
  }

  /** Ends an upload and discards its content. False when there was none. */
  abort(name: UploadName): boolean {
    const content = this.content(name);
    if (content === undefined) return false;
    this.#delete.run(name.bucket, name.key, name.uploadId);
    this.#contents.discard(content);
    return true;
  }
}

/** JSON leaves out what is undefined. */
function uploadOf(row: Record<string, SQLOutputValue>): MultipartUpload {
  const upload = json<MultipartUpload>(row['facts']);
  return { ...upload, checksumAlgorithm: upload.checksumAlgorithm, checksumType: upload.checksumType };
}
