/** Reads lines and runs of bytes from a body, however the network cut it. */
import { Buffer } from 'node:buffer';
import type { Body } from './body.ts';
import { unexpectedEnd } from './chunked-error.ts';

const LF = 0x0a;
const CR = 0x0d;
const EMPTY = new Uint8Array(0);

/** Pulls from the body only when it holds nothing more: back-pressure reaches the sender. */
export class ChunkedReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #held: Uint8Array = EMPTY;
  #ended = false;

  constructor(body: Body) {
    this.#source = body[Symbol.asyncIterator]();
  }

  /**
   * Text up to CRLF, which is taken and left out. Bytes are read as latin1.
   *
   * @param limit of its length in bytes; a longer line is an error before more of it is read
   * @throws ServiceError IncompleteBody when the body ends first, or the line is too long
   */
  async line(limit: number): Promise<string> {
    let line = '';
    for (;;) {
      if (!(await this.#fill())) throw unexpectedEnd('the body ended inside a line of the chunk framing');
      const end = this.#held.indexOf(LF);
      line += latin1(end < 0 ? this.#held : this.#held.subarray(0, end + 1));
      this.#held = end < 0 ? EMPTY : this.#held.subarray(end + 1);
      // A lone LF is part of the line: some clients end a trailer with LF CRLF.
      if (line.endsWith('\r\n')) break;
      if (line.length > limit) throw unexpectedEnd('a line of the chunk framing is too long');
    }
    if (line.length - 2 > limit) throw unexpectedEnd('a line of the chunk framing is too long');
    return line.slice(0, -2);
  }

  /** The next bytes, at least one and at most `count`, not copied. Throws as {@link line} does. */
  async some(count: number): Promise<Uint8Array> {
    if (!(await this.#fill())) throw unexpectedEnd('the body ended inside a chunk');
    const bytes = this.#held.subarray(0, count);
    this.#held = this.#held.subarray(bytes.length);
    return bytes;
  }

  /** Takes the CRLF after a chunk. Throws as {@link line} does, also when something else stands there. */
  async lineEnd(): Promise<void> {
    for (const expected of [CR, LF]) {
      if ((await this.some(1))[0] !== expected) throw unexpectedEnd('a chunk is longer than its size says');
    }
  }

  /** True when no byte is left. */
  async atEnd(): Promise<boolean> {
    return !(await this.#fill());
  }

  /** Lets the body go, whether it was read to its end or not. */
  async close(): Promise<void> {
    if (!this.#ended) await this.#source.return?.();
    this.#ended = true;
    this.#held = EMPTY;
  }

  async #fill(): Promise<boolean> {
    while (this.#held.length === 0 && !this.#ended) {
      const next = await this.#source.next();
      if (next.done === true) this.#ended = true;
      else this.#held = next.value;
    }
    return this.#held.length > 0;
  }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}
