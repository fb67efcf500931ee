/** Writes one new file from chunks: small files in one synchronous step, larger ones in gathered writes. */
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { close, fsync, openSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';

/** Up to this many bytes the file is written synchronously, which takes a third of the time; only its sync is not. */
const SMALL = 64 * 1024;
/** Bytes gathered for one write of a larger file; while it runs, the next ones are gathered. */
const GATHER = 256 * 1024;
/** Chunks gathered at most: the kernel takes 1,024 in one writev(2). */
const GATHER_CHUNKS = 512;

const syncDescriptor = promisify(fsync);
const closeDescriptor = promisify(close);

/** Call `write` for each chunk, then `finish` and `sync`; and `close`, whatever happened. */
export class BlobWriter {
  readonly #path: string;
  /** Of a small file. */
  #descriptor: number | undefined;
  /** Of a larger one. */
  #handle: FileHandle | undefined;
  #gathered: Uint8Array[] = [];
  #gatheredSize = 0;
  #writing: Promise<void> = Promise.resolve();
  #size = 0;

  /** @param path a file that does not exist yet; it is made when enough is gathered, or at `finish` */
  constructor(path: string) {
    this.#path = path;
  }

  /** Bytes taken so far. */
  get size(): number {
    return this.#size;
  }

  /** Takes a chunk, which is not written to by anyone any more; resolves when the next one may come. */
  async write(chunk: Uint8Array): Promise<void> {
    if (chunk.length === 0) return;
    this.#size += chunk.length;
    this.#gathered.push(chunk);
    this.#gatheredSize += chunk.length;
    if (this.#gatheredSize >= GATHER || this.#gathered.length >= GATHER_CHUNKS) await this.#flush();
  }

  /** Writes what is left: after that the file is there and has all its bytes. */
  async finish(): Promise<void> {
    if (this.#handle === undefined && this.#size <= SMALL) {
      this.#descriptor = openSync(this.#path, 'wx', 0o600);
      writeFileSync(this.#descriptor, Buffer.concat(this.#gathered));
    } else {
      await this.#flush();
      await this.#writing;
    }
  }

  /** Makes the bytes (not the name) durable. */
  async sync(): Promise<void> {
    if (this.#descriptor !== undefined) await syncDescriptor(this.#descriptor);
    await this.#handle?.sync();
  }

  /** Lets go of the file, whatever state it is in. */
  async close(): Promise<void> {
    await this.#writing.catch(() => undefined);
    if (this.#descriptor !== undefined) await closeDescriptor(this.#descriptor);
    this.#descriptor = undefined;
    await this.#handle?.close();
    this.#handle = undefined;
  }

  /** Begins to write what is gathered, once what was gathered before is written. */
  async #flush(): Promise<void> {
    const chunks = this.#gathered;
    this.#gathered = [];
    this.#gatheredSize = 0;
    this.#handle ??= await open(this.#path, 'wx', 0o600);
    await this.#writing;
    this.#writing = writeAll(this.#handle, chunks);
    // Its failure is met by whoever awaits it next.
    this.#writing.catch(() => undefined);
  }
}

/** A write may take fewer bytes than it was given (write(2)); the rest follows, or fails with the reason. */
async function writeAll(handle: FileHandle, chunks: readonly Uint8Array[]): Promise<void> {
  const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const { bytesWritten } = await handle.writev(chunks);
  if (bytesWritten === size) return;
  let rest = Buffer.concat(chunks).subarray(bytesWritten);
  while (rest.length > 0) rest = rest.subarray((await handle.write(rest)).bytesWritten);
}
