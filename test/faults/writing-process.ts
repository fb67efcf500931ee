/**
 * A process that stores as fast as it can and prints a line for each thing that it was told is
 * stored. It never ends by itself: see `kill.test.ts`.
 *
 * Arguments: the data directory; the first version number.
 */
import { join } from 'node:path';
import { NULL_VERSION } from '../../src/base/version-id.ts';
import { openFileObjects } from '../../src/storage/objects/files/file-objects.ts';
import type { MultipartUpload, Objects } from '../../src/storage/objects/objects.ts';
import { openSqliteState } from '../../src/storage/state/sqlite/sqlite-state.ts';
import type { State } from '../../src/storage/state/state.ts';
import { BESIDE, REPLACE, bodyOf, bytesOfVersion, factsOfVersion } from './stored-bytes.ts';

const [directory = '', firstVersion = '0'] = process.argv.slice(2);
const state = openSqliteState(join(directory, 'state.sqlite'));
const objects = await openFileObjects(join(directory, 'objects'), { now: () => Date.now() }, { keepReplaced: 10 });
const first = Number(firstVersion);
await Promise.all([
  putForEver(objects, 'put-1', first),
  putForEver(objects, 'put-2', first),
  putForEver(objects, 'put-3', first),
  uploadForEver(objects, 'multipart', first),
  deleteForEver(objects, 'deleted', first),
  versionForEver(objects, 'versioned', first),
  recordForEver(state, first),
]);

async function putForEver(store: Objects, key: string, from: number): Promise<void> {
  for (let version = from; ; version++) {
    await put(store, key, version);
    acknowledge(key, version);
  }
}

async function uploadForEver(store: Objects, key: string, from: number): Promise<void> {
  for (let version = from; ; version++) {
    const bytes = Buffer.concat([bytesOfVersion(version), bytesOfVersion(version + 1)]);
    const facts = factsOfVersion(version, bytes);
    const upload: MultipartUpload = {
      ...facts,
      bucket: 'b',
      key,
      uploadId: `${version}`,
      initiated: 0,
      checksumAlgorithm: undefined,
      initiator: '',
    };
    await store.createUpload(upload);
    for (const number of [1, 2]) {
      const part = bytesOfVersion(version + number - 1);
      await store.putPart(upload, number, bodyOf(part), () => ({ etag: `${number}`, checksums: {} }));
    }
    const result = await store.completeUpload(upload, [1, 2], facts, REPLACE);
    if (result.kind !== 'stored') throw new Error(result.kind);
    acknowledge(key, version);
  }
}

async function deleteForEver(store: Objects, key: string, from: number): Promise<void> {
  for (let version = from; ; version++) {
    await put(store, `${key}-${version}`, version);
    await store.delete('b', `${key}-${version}`, NULL_VERSION);
    acknowledge(key, version);
  }
}

/**
 * Versions one on top of the other, of which the three newest stay: a marker goes over each and is
 * removed again. What is acknowledged as `versioned-marked` lies under a marker, until it is
 * acknowledged as `versioned`.
 */
async function versionForEver(store: Objects, key: string, from: number): Promise<void> {
  for (let version = from; ; version++) {
    await put(store, key, version, BESIDE);
    const marker = await store.mark('b', key, 'new');
    acknowledge(`${key}-marked`, version);
    await store.delete('b', key, marker.versionId);
    acknowledge(key, version);
    const { versions } = await store.listVersions('b', {
      prefix: key,
      delimiter: undefined,
      after: undefined,
      limit: 1000,
    });
    for (const { version: old } of versions.slice(3)) {
      await store.delete('b', key, old.kind === 'object' ? old.object.versionId : old.marker.versionId);
    }
  }
}

/** Two records that are always written together. */
async function recordForEver(records: State, from: number): Promise<void> {
  for (let version = from; ; version++) {
    await records.write(async ({ settings, accountAliases }) => {
      await settings.put('record', { value: version });
      await accountAliases.put('record', { name: `${version}` });
    });
    acknowledge('record', version);
  }
}

async function put(store: Objects, key: string, version: number, writing = REPLACE): Promise<void> {
  const bytes = bytesOfVersion(version);
  const finish = (): ReturnType<typeof factsOfVersion> => factsOfVersion(version, bytes);
  const result = await store.put('b', key, bodyOf(bytes), finish, writing);
  if (result.kind !== 'stored') throw new Error(result.kind);
}

function acknowledge(what: string, version: number): void {
  process.stdout.write(`${what} ${version}\n`);
}
