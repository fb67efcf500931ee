/** Objects and records whose right content is known from what they say of themselves. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { ObjectFacts, Objects, StoredObject, Writing } from '../../src/storage/objects/objects.ts';

/** As in an unversioned bucket. */
export const REPLACE: Writing = { version: 'null', condition: { kind: 'none' } };

/** As in a versioned one. */
export const BESIDE: Writing = { version: 'new', condition: { kind: 'none' } };

/** Bytes of version `version` of an object: from 0 to some 400,000, on both sides of every threshold of the store. */
export function bytesOfVersion(version: number): Buffer {
  const size = [0, 4_096, 65_537, 30_000, 400_000][version % 5] ?? 0;
  return Buffer.alloc(size + (version % 7), `version ${version} `);
}

/** Facts that name the version and the MD5 of its bytes. */
export function factsOfVersion(version: number, bytes: Uint8Array): Omit<ObjectFacts, 'size' | 'lastModified'> {
  return {
    etag: createHash('md5').update(bytes).digest('hex'),
    headers: {},
    metadata: { version: String(version) },
    tags: {},
    checksums: {},
    checksumType: undefined,
    storageClass: 'STANDARD',
  };
}

/** A body in chunks of 20,000 bytes. */
export async function* bodyOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 20_000) yield bytes.subarray(at, at + 20_000);
}

/** The version of the object under a key, whole and with its own bytes; undefined when there is none. */
export async function wholeVersion(objects: Objects, bucket: string, key: string): Promise<number | undefined> {
  const object = await objects.head(bucket, key);
  return object === undefined ? undefined : wholeObject(objects, object);
}

/** The version that an object says it is, once its bytes are read whole and are its own. */
export async function wholeObject(objects: Objects, object: StoredObject): Promise<number> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of objects.read(object, 0, object.size)) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  assert.equal(createHash('md5').update(bytes).digest('hex'), object.etag, `${object.key} holds what was put`);
  assert.equal(bytes.length, object.size);
  return Number(object.metadata['version']);
}
