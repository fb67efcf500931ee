/** What is remembered of records, and what must make room or be forgotten. */
import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { RememberingReader } from './record-memory.ts';
import type { MemoryBounds } from './record-memory.ts';

interface Named {
  readonly name: string;
}

function reading(count: number, bounds?: MemoryBounds): { reader: RememberingReader<Named>; connection: DatabaseSync } {
  const connection = new DatabaseSync(':memory:');
  connection.exec('CREATE TABLE named (key TEXT PRIMARY KEY, value TEXT NOT NULL)');
  const insert = connection.prepare('INSERT INTO named (key, value) VALUES (?, ?)');
  // Each record has 14 characters.
  for (let n = 0; n < count; n++)
    insert.run(`key/${n}`, JSON.stringify({ name: String(n).padStart(3, '0').slice(-3) }));
  return { reader: new RememberingReader<Named>(connection, 'named', bounds), connection };
}

/** Which of the first `count` records are remembered: a remembered one is the same object again. */
async function known(reader: RememberingReader<Named>, connection: DatabaseSync, count: number): Promise<number[]> {
  connection.exec('DELETE FROM named');
  const found: number[] = [];
  for (let n = 0; n < count; n++) if ((await reader.get(`key/${n}`)) !== undefined) found.push(n);
  return found;
}

test('10,000 records asked for in turn are all remembered', async () => {
  const { reader, connection } = reading(10_000);
  for (let n = 0; n < 10_000; n++) await reader.get(`key/${n}`);
  assert.equal((await known(reader, connection, 10_000)).length, 10_000);
  connection.close();
});

test('the record read in longest ago makes room, by count and by characters', async () => {
  for (const bounds of [
    { records: 3, characters: 1_000 },
    { records: 1_000, characters: 3 * 14 + 13 },
  ]) {
    const { reader, connection } = reading(5, bounds);
    for (let n = 0; n < 5; n++) assert.deepEqual(await reader.get(`key/${n}`), { name: `00${n}` });
    assert.deepEqual(await known(reader, connection, 5), [2, 3, 4]);
    connection.close();
  }
});

test('what is forgotten is read anew, and its room is free again', async () => {
  const { reader, connection } = reading(4, { records: 1_000, characters: 3 * 14 });
  for (let n = 0; n < 3; n++) await reader.get(`key/${n}`);
  connection.prepare('UPDATE named SET value = ? WHERE key = ?').run('{"name":"new"}', 'key/1');
  assert.deepEqual(await reader.get('key/1'), { name: '001' });
  reader.forget('key/1');
  reader.forget('key/1');
  reader.forget('key/none');
  assert.deepEqual(await reader.get('key/1'), { name: 'new' });
  assert.deepEqual(await known(reader, connection, 4), [0, 1, 2]);
  connection.close();
});

test('a remembered record cannot be changed', async () => {
  const { reader, connection } = reading(1);
  assert.ok(Object.isFrozen(await reader.get('key/0')));
  assert.equal(await reader.get('key/1'), undefined);
  connection.close();
});
