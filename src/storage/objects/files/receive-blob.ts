/** Takes a stream into a new blob file: durable when it answers, gone when it throws. */
import { BlobWriter } from './blob-writer.ts';
import { randomName } from './blobs.ts';
import type { Blobs } from './blobs.ts';

export interface ReceivedBlob<F> {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** What `finish` gave. */
  readonly facts: F;
}

/**
 * Takes `body` to its end into a blob under `incoming/`, asks `finish` when the last byte has
 * passed, and makes bytes and name durable. No more of `body` is asked for than the disk takes.
 *
 * An error of `body`, of `finish` or of the disk is passed on, and no file is left.
 */
export async function receiveBlob<F>(
  blobs: Blobs,
  body: AsyncIterable<Uint8Array>,
  finish: (size: number) => F,
): Promise<ReceivedBlob<F>> {
  const name = randomName();
  const writer = new BlobWriter(blobs.incomingPath(name));
  try {
    const facts = await writeBody(writer, body, finish);
    // Two syncs at once: what each waits for, the journal of the file system, is one.
    const [bytes, ownName] = await Promise.allSettled([writer.sync(), blobs.syncIncoming()]);
    if (bytes.status === 'rejected') throw bytes.reason;
    if (ownName.status === 'rejected') throw ownName.reason;
    await writer.close();
    return { name, size: writer.size, facts };
  } catch (error) {
    // The first error is the one to tell; a file that cannot be removed now goes at the next opening.
    await writer.close().catch(() => undefined);
    await blobs.dropIncoming(name).catch(() => undefined);
    throw error;
  }
}

async function writeBody<F>(
  writer: BlobWriter,
  body: AsyncIterable<Uint8Array>,
  finish: (size: number) => F,
): Promise<F> {
  for await (const chunk of body) await writer.write(chunk);
  const facts = finish(writer.size);
  await writer.finish();
  return facts;
}
