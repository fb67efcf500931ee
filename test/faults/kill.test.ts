/** A process that is killed while it stores: what it had answered is there and whole, nothing else is left. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openFileObjects } from '../../src/storage/objects/files/file-objects.ts';
import { openSqliteState } from '../../src/storage/state/sqlite/sqlite-state.ts';
import { wholeObject, wholeVersion } from './stored-bytes.ts';

const ROUNDS = 10;
/** Milliseconds between the first acknowledgement and the kill, at most. */
const LONGEST = 400;
const WRITER = join(import.meta.dirname, 'writing-process.ts');

test(`what was acknowledged before kill -9 is there and whole (${ROUNDS} rounds)`, { timeout: 120_000 }, async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'sojourn-faults-'));
  t.after(() => rmSync(directory, { recursive: true }));
  const acknowledged = new Map<string, number>();
  for (let round = 1; round <= ROUNDS; round++) {
    const next = 1 + Math.max(0, ...acknowledged.values());
    const delay = Math.floor(Math.random() * LONGEST);
    const told = await writeAndKill(directory, next, delay);
    assert.ok(told.size > 0, 'the writer acknowledged something');
    for (const [what, version] of told) acknowledged.set(what, version);
    await t.test(`round ${round}, killed after ${delay} ms and ${told.size} kinds of acknowledgement`, async () => {
      await checkState(directory, acknowledged);
      await checkObjects(directory, acknowledged, next);
      await checkVersions(directory, acknowledged);
      checkLeftovers(join(directory, 'objects'));
    });
  }
});

/** The last version of each thing that the process acknowledged before it was killed. */
async function writeAndKill(directory: string, from: number, delay: number): Promise<Map<string, number>> {
  const writer = spawn(process.execPath, [WRITER, directory, `${from}`], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => writer.on('close', (_code, signal) => resolve(signal)));
  const first = Promise.withResolvers<void>();
  let output = '';
  writer.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    first.resolve();
  });
  await Promise.race([first.promise, ended]);
  await sleep(delay);
  writer.kill('SIGKILL');
  assert.equal(await ended, 'SIGKILL', 'the writer was killed and did not fail by itself');
  // The last line may be cut: what follows the last newline was not acknowledged.
  const lines = output.slice(0, output.lastIndexOf('\n')).split('\n');
  return new Map(lines.map((line) => line.split(' ')).map(([what = '', version]) => [what, Number(version)]));
}

async function checkState(directory: string, acknowledged: ReadonlyMap<string, number>): Promise<void> {
  const state = openSqliteState(join(directory, 'state.sqlite'));
  try {
    const version = (await state.settings.get('record'))?.value;
    assert.equal((await state.accountAliases.get('record'))?.name, version === undefined ? undefined : `${version}`);
    const told = acknowledged.get('record');
    if (told !== undefined) assert.ok(Number(version) >= told, `record ${told} was acknowledged, ${version} is there`);
  } finally {
    await state.close();
  }
}

async function checkObjects(directory: string, acknowledged: ReadonlyMap<string, number>, from: number): Promise<void> {
  const objects = await openFileObjects(join(directory, 'objects'), { now: () => Date.now() });
  try {
    const { objects: all } = await objects.list('b', { prefix: '', delimiter: undefined, after: '', limit: 1000 });
    const versions = new Map<string, number | undefined>();
    for (const { key } of all) versions.set(key, await wholeVersion(objects, 'b', key));
    for (const key of ['put-1', 'put-2', 'put-3', 'multipart']) {
      const told = acknowledged.get(key);
      const there = versions.get(key);
      if (told !== undefined)
        assert.ok(there !== undefined && there >= told, `${key} ${told} acknowledged, ${there} there`);
    }
    const deleted = acknowledged.get('deleted') ?? 0;
    for (const key of versions.keys()) {
      const version = Number(/^deleted-(\d+)$/.exec(key)?.[1] ?? Infinity);
      // Of an earlier round, one may be left that was put and not yet deleted.
      assert.ok(version < from || version > deleted, `${key} was deleted`);
    }
  } finally {
    await objects.close();
  }
}

/** Every version is whole, in order, and the last acknowledged one is there; markers of earlier kills may lie among them. */
async function checkVersions(directory: string, acknowledged: ReadonlyMap<string, number>): Promise<void> {
  const objects = await openFileObjects(join(directory, 'objects'), { now: () => Date.now() });
  try {
    const query = { prefix: 'versioned', delimiter: undefined, after: undefined, limit: 1000 };
    const { versions } = await objects.listVersions('b', query);
    const there: number[] = [];
    for (const [at, { version, isLatest }] of versions.entries()) {
      assert.equal(isLatest, at === 0);
      if (version.kind === 'object') there.push(await wholeObject(objects, version.object));
    }
    assert.deepEqual(
      there,
      there.toSorted((left, right) => right - left),
    );
    const told = Math.max(acknowledged.get('versioned') ?? 0, acknowledged.get('versioned-marked') ?? 0);
    if (told > 0) assert.ok(there.includes(told), `version ${told} of ${there.join()}`);
    const plain = (await objects.list('b', { ...query, after: '' })).objects;
    assert.equal(plain.length, versions[0]?.version.kind === 'object' ? 1 : 0);
  } finally {
    await objects.close();
  }
}

/** After an opening, the files are those that the index names, and the index names what an object or upload has. */
function checkLeftovers(directory: string): void {
  assert.deepEqual(readdirSync(join(directory, 'incoming')), []);
  const files = readdirSync(join(directory, 'blobs'), { recursive: true, withFileTypes: true });
  const blobs = files.filter((entry) => entry.isFile()).map((entry) => entry.name);
  const index = new DatabaseSync(join(directory, 'index.sqlite'), { readOnly: true });
  try {
    const named = index
      .prepare('SELECT blob FROM segments')
      .all()
      .map((row) => row['blob']);
    assert.deepEqual(blobs.sort(), named.sort());
    const versions = 'SELECT content FROM objects UNION SELECT content FROM history WHERE content IS NOT NULL';
    const owned = `${versions} UNION SELECT content FROM uploads`;
    const lost = index.prepare(`SELECT content FROM segments WHERE content NOT IN (${owned})`).all();
    assert.deepEqual(lost, []);
    const bare = index.prepare(`SELECT content FROM (${versions}) WHERE content NOT IN (SELECT content FROM segments)`);
    assert.deepEqual(bare.all(), []);
  } finally {
    index.close();
  }
}
