/**
 * The audit log: one JSON object a line, appended. A call is answered only after its line was handed
 * to the operating system, so a killed process loses no acknowledged event; lines of calls that
 * finish together are written together.
 */
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';

/** Where audit events go. */
export interface AuditLog {
  /** @param line JSON, without its line feed. Resolves when the line was written. Rejects when it could not be: the call must then fail. */
  record(line: string): Promise<void>;
  close(): void;
}

/** Opens (or makes, 0600) the file at `path` for appending. */
export function openAuditLog(path: string): AuditLog {
  return new AppendedLog(openSync(path, 'a', 0o600));
}

class AppendedLog implements AuditLog {
  readonly #file: number;
  #lines = '';
  #written: Promise<void> | undefined;

  constructor(file: number) {
    this.#file = file;
  }

  record(line: string): Promise<void> {
    this.#lines += `${line}\n`;
    this.#written ??= new Promise((resolve, reject) => {
      setImmediate(() => {
        this.#written = undefined;
        try {
          this.#flush();
          resolve();
        } catch (error) {
          reject(error);
        }
      });
    });
    return this.#written;
  }

  close(): void {
    this.#flush();
    fsyncSync(this.#file);
    closeSync(this.#file);
  }

  #flush(): void {
    let bytes = Buffer.from(this.#lines);
    this.#lines = '';
    while (bytes.length > 0) bytes = bytes.subarray(writeSync(this.#file, bytes));
  }
}
