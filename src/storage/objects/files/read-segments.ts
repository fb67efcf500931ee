/** Reads bytes of a content from its blobs. */
import { closeSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { StorageError } from '../../storage-error.ts';
import type { Blobs } from './blobs.ts';
import type { Segment } from './contents.ts';

/** Up to this many bytes a blob is read synchronously, which takes a third of the time. */
const SMALL = 64 * 1024;
/** Bytes of one read of a larger one. */
const CHUNK = 256 * 1024;

/**
 * Bytes `start` to `end` inclusive of the segments joined, ended at the last byte; each chunk is the consumer's own.
 *
 * @throws StorageError when a blob is shorter than its segment or gone; Node's errors when one cannot be read
 */
export async function* readSegments(
  blobs: Blobs,
  segments: readonly Segment[],
  start: number,
  end: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let offset = 0;
  for (const { blob, size } of segments) {
    const from = Math.max(start - offset, 0);
    const to = Math.min(end - offset, size - 1);
    offset += size;
    if (from > to) continue;
    if (to - from < SMALL) yield readSmall(blobs.path(blob), from, to - from + 1);
    else yield* readLarge(blobs.path(blob), from, to);
    if (offset > end) return;
  }
}

function readSmall(path: string, from: number, length: number): Uint8Array {
  const file = openBlob(path);
  try {
    const bytes = Buffer.allocUnsafeSlow(length);
    let filled = 0;
    while (filled < length) {
      const count = readSync(file, bytes, filled, length - filled, from + filled);
      if (count === 0) throw tooShort();
      filled += count;
    }
    return bytes;
  } finally {
    closeSync(file);
  }
}

async function* readLarge(path: string, from: number, to: number): AsyncGenerator<Uint8Array, void, undefined> {
  const file = await open(path, 'r').catch(gone);
  try {
    let at = from;
    while (at <= to) {
      const length = Math.min(CHUNK, to - at + 1);
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafeSlow(length), 0, length, at);
      if (bytesRead === 0) throw tooShort();
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

function openBlob(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (error) {
    return gone(error);
  }
}

/** A discarded blob is removed a moment before the index forgets its content. */
function gone(error: unknown): never {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  throw new StorageError('a blob is gone: its object was replaced before anyone began to read it, or the disk lost it');
}

function tooShort(): StorageError {
  return new StorageError('a blob is shorter than its object: the disk has lost bytes');
}
