import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { DirectorySync } from './directory-sync.ts';

test('who comes while a sync runs waits for a later one, together with others', async () => {
  const directory = new DirectorySync(tmpdir());
  const first = directory.sync();
  const second = directory.sync();
  const third = directory.sync();
  assert.notEqual(first, second);
  assert.equal(second, third);
  const order: number[] = [];
  await Promise.all([first.then(() => order.push(1)), second.then(() => order.push(2))]);
  assert.deepEqual(order, [1, 2]);
  await directory.sync();
});

test('a sync that fails says so to all who waited for it, and the next one is tried', async () => {
  const directory = new DirectorySync('/nonexistent/directory');
  const outcomes = await Promise.allSettled([directory.sync(), directory.sync(), directory.sync()]);
  assert.deepEqual(
    outcomes.map((outcome) => outcome.status),
    ['rejected', 'rejected', 'rejected'],
  );
  await assert.rejects(directory.sync(), { code: 'ENOENT' });
});
