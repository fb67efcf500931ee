/** A disk that takes no more: an error for the caller, nothing half stored, nothing that was stored lost. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openFileObjects } from '../../src/storage/objects/files/file-objects.ts';
import { openSqliteState } from '../../src/storage/state/sqlite/sqlite-state.ts';
import { wholeVersion } from './stored-bytes.ts';

const PROCESS = join(import.meta.dirname, 'limited-process.ts');
/** Largest file in units of `ulimit -f`: 512 bytes in POSIX shells, 1,024 in some others. */
const LIMIT = 2_000;

test('a limit of the disk is an error that leaves everything as it was', { timeout: 120_000 }, async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'sojourn-faults-'));
  t.after(() => rmSync(directory, { recursive: true }));
  const limited = spawnSync(
    'sh',
    ['-c', `ulimit -f ${LIMIT} && exec "$0" "$@"`, process.execPath, PROCESS, directory],
    {
      encoding: 'utf8',
      timeout: 100_000,
    },
  );
  assert.equal(limited.status, 0, limited.stderr);
  const told: unknown = JSON.parse(limited.stdout);
  assert.ok(typeof told === 'object' && told !== null && 'objectsStored' in told && 'recordsStored' in told);
  t.diagnostic(limited.stdout.trim());

  const state = openSqliteState(join(directory, 'state.sqlite'));
  assert.equal(await state.settings.count('record-'), told.recordsStored);
  await state.write(({ settings }) => settings.put('after', { value: 1 }));
  await state.close();

  const objects = await openFileObjects(join(directory, 'objects'), { now: () => Date.now() });
  for (let n = 0; n < Number(told.objectsStored); n++) assert.equal(await wholeVersion(objects, 'b', `object-${n}`), 0);
  assert.equal(await wholeVersion(objects, 'b', 'small'), 0);
  assert.equal(await objects.head('b', 'large'), undefined);
  await objects.close();
});
