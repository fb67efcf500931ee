/** Bytes, bodies and facts for the suite of the object port. */
import { createHash } from 'node:crypto';
import type { Finish, MultipartUpload, ObjectFacts, Objects, PutCondition, StoredObject, Writing } from './objects.ts';

/** An object store of its own for one test. */
export interface ObjectsUnderTest {
  readonly objects: Objects;
  /** The time that the store's clock shows, in milliseconds. */
  now: number;
  /** Closes the store and opens it again. */
  reopen(): Promise<Objects>;
  /** Closes what is open and removes what was stored. */
  dispose(): Promise<void>;
}

/** As in an unversioned bucket. */
export const ALWAYS: Writing = { version: 'null', condition: { kind: 'none' } };

/** As in a versioned one. */
export const BESIDE: Writing = { version: 'new', condition: { kind: 'none' } };

/** As in an unversioned bucket, under a condition. */
export function when(condition: PutCondition): Writing {
  return { version: 'null', condition };
}

/** `size` bytes that differ from place to place and from seed to seed. */
export function bytesOf(size: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(size);
  let state = seed * 2654435761;
  for (let at = 0; at < size; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

/** A body that gives `bytes` in chunks of `step`, each in a turn of its own. */
export async function* bodyOf(bytes: Uint8Array, step = 50_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += step) {
    yield bytes.subarray(at, at + step);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Everything `chunks` gives. */
export async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

export function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}

/** Facts with something in every field. */
export function factsOf(etag: string): Omit<ObjectFacts, 'size' | 'lastModified'> {
  return {
    etag,
    headers: { 'content-type': 'text/plain', 'cache-control': 'no-store' },
    metadata: { 'mtime-é': '1 %' },
    tags: { Stage: 'test' },
    checksums: { CRC32: 'AAAAAA==', SHA256: 'x=' },
    checksumType: 'FULL_OBJECT',
    storageClass: 'STANDARD',
  };
}

/** {@link factsOf} the MD5 of `bytes`. */
export function finishFor(bytes: Uint8Array): Finish {
  return () => factsOf(md5(bytes));
}

/** Puts `bytes` and gives the stored object. */
export async function putBytes(
  objects: Objects,
  bucket: string,
  key: string,
  bytes: Uint8Array,
  writing: Writing = ALWAYS,
): Promise<StoredObject> {
  const result = await objects.put(bucket, key, bodyOf(bytes), finishFor(bytes), writing);
  if (result.kind !== 'stored') throw new Error(`not stored: ${result.kind}`);
  return result.object;
}

/** What is under a key now, or undefined. */
export async function getBytes(objects: Objects, bucket: string, key: string): Promise<Buffer | undefined> {
  const object = await objects.head(bucket, key);
  return object === undefined ? undefined : collect(objects.read(object, 0, Math.max(0, object.size - 1)));
}

export function uploadOf(bucket: string, key: string, uploadId: string): MultipartUpload {
  return {
    bucket,
    key,
    uploadId,
    initiated: 1_700_000_000_000,
    headers: { 'content-type': 'video/mp4' },
    metadata: { a: 'b' },
    tags: {},
    storageClass: 'STANDARD',
    checksumAlgorithm: 'CRC32',
    checksumType: 'COMPOSITE',
    initiator: 'arn:aws:iam::000000000000:root',
  };
}
