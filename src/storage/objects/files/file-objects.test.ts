import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { objectsSuite } from '../objects-suite.ts';
import type { ObjectsUnderTest } from '../object-samples.ts';
import { openFileObjects } from './file-objects.ts';

objectsSuite('files', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'sojourn-objects-'));
  const clock = { now: (): number => subject.now };
  let objects = await openFileObjects(directory, clock);
  const subject: ObjectsUnderTest = {
    objects,
    now: 1_790_000_000_000,
    reopen: async () => {
      await objects.close();
      return (objects = await openFileObjects(directory, clock));
    },
    dispose: async () => {
      await objects.close();
      rmSync(directory, { recursive: true });
    },
  };
  return subject;
});
