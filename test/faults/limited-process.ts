/**
 * A process that may not write files beyond a size (`ulimit -f`), as if the disk were full: it
 * stores until it cannot, checks that each failure is an error that leaves everything as it was, and
 * prints what it was told is stored. See `full-disk.test.ts`.
 *
 * Argument: the data directory.
 */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openFileObjects } from '../../src/storage/objects/files/file-objects.ts';
import { openSqliteState } from '../../src/storage/state/sqlite/sqlite-state.ts';
import { REPLACE, bodyOf, factsOfVersion } from './stored-bytes.ts';

const [directory = ''] = process.argv.slice(2);
const state = openSqliteState(join(directory, 'state.sqlite'));
const objects = await openFileObjects(join(directory, 'objects'), { now: () => Date.now() });

const put = async (key: string, size: number): Promise<void> => {
  const bytes = Buffer.alloc(size, key);
  const result = await objects.put('b', key, bodyOf(bytes), () => factsOfVersion(0, bytes), REPLACE);
  assert.equal(result.kind, 'stored');
};

await put('small', 10_000);
for (const size of [3_000_000, 60_000_000]) await assert.rejects(put('large', size), { code: 'EFBIG' });
assert.equal(await objects.head('b', 'large'), undefined);
assert.deepEqual(readdirSync(join(directory, 'objects', 'incoming')), []);

let objectsStored = 0;
const objectError = await untilFailure(async () => {
  await put(`object-${objectsStored}`, 10);
  objectsStored++;
});
assert.deepEqual(readdirSync(join(directory, 'objects', 'incoming')), [], 'a failed commit leaves no file');
assert.equal(await objects.head('b', `object-${objectsStored}`), undefined);

let recordsStored = 0;
const stateError = await untilFailure(async () => {
  const value = 'x'.repeat(50_000);
  await state.write(({ settings }) => settings.put(`record-${recordsStored}`, { value }));
  recordsStored++;
});
assert.equal(await state.settings.get(`record-${recordsStored}`), undefined);
assert.equal(await state.settings.count('record-'), recordsStored, 'reading goes on');

process.stdout.write(`${JSON.stringify({ objectsStored, objectError, recordsStored, stateError })}\n`);

/** The message of the first failure; there must be one within 100,000 attempts. */
async function untilFailure(attempt: () => Promise<void>): Promise<string> {
  for (let count = 0; count < 100_000; count++) {
    try {
      await attempt();
    } catch (error) {
      assert.ok(error instanceof Error);
      return error.message;
    }
  }
  return assert.fail('nothing failed');
}
