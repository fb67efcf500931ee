/** The audit log read from its end: a step of the file at a time, whole lines out. */
import { open, type FileHandle } from 'node:fs/promises';
import type { AuditTrail, RecordedLine } from '../federation/audit-trail.ts';

/** Bytes read at a time. */
const STEP = 256 * 1024;
/** Bytes of a line that is still handed out: bounded fields keep every event far below. */
const LONGEST_LINE = 4 * 1024 * 1024;
const LINE_FEED = 0x0a;

/** The trail in the file at `path`, which {@link openAuditLog} appends to. */
export function auditTrailFile(path: string): AuditTrail {
  return { backwards: (before) => linesBackwards(path, before) };
}

async function* linesBackwards(path: string, before: number | undefined): AsyncGenerator<RecordedLine, void, void> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    yield* lines(file, Math.min(before ?? size, size));
  } finally {
    await file.close();
  }
}

/** Lines that end before the byte `end`; what follows the last line feed is not yet a line. */
async function* lines(file: FileHandle, end: number): AsyncGenerator<RecordedLine, void, void> {
  const line = new Tail();
  let whole = false;
  for (let position = end; position > 0;) {
    const from = Math.max(0, position - STEP);
    let step = await read(file, from, position - from);
    for (let feed = step.lastIndexOf(LINE_FEED); feed >= 0; feed = step.lastIndexOf(LINE_FEED)) {
      line.prepend(step.subarray(feed + 1));
      const text = line.take();
      if (whole && text !== '') yield { position: from + feed + 1, text };
      whole = true;
      step = step.subarray(0, feed);
    }
    line.prepend(step);
    position = from;
  }
  const first = line.take();
  if (whole && first !== '') yield { position: 0, text: first };
}

/** The end of a line whose beginning has not been read yet. One that grows too long is forgotten. */
class Tail {
  #parts: Buffer[] = [];
  #length = 0;

  prepend(bytes: Buffer): void {
    this.#length += bytes.length;
    if (this.#length > LONGEST_LINE) this.#parts = [];
    else this.#parts.unshift(bytes);
  }

  /** The line; empty when it was too long. */
  take(): string {
    const text = this.#length > LONGEST_LINE ? '' : Buffer.concat(this.#parts).toString('utf8');
    this.#parts = [];
    this.#length = 0;
    return text;
  }
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(bytes, done, length - done, position + done);
    if (bytesRead === 0) throw new Error('the audit log became shorter while it was read');
    done += bytesRead;
  }
  return bytes;
}
