import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import type { RecordedLine } from '../federation/audit-trail.ts';
import { auditTrailFile } from './audit-trail-file.ts';

const directory = mkdtempSync(join(tmpdir(), 'sojourn-trail-'));
const path = join(directory, 'audit.jsonl');
after(() => rmSync(directory, { recursive: true }));

async function read(before?: number): Promise<readonly RecordedLine[]> {
  const lines: RecordedLine[] = [];
  for await (const line of auditTrailFile(path).backwards(before)) lines.push(line);
  return lines;
}

async function texts(before?: number): Promise<readonly string[]> {
  return (await read(before)).map(({ text }) => text);
}

test('an empty log has no lines', async () => {
  writeFileSync(path, '');
  assert.deepEqual(await read(), []);
});

test('lines come newest first; one that is not ended yet is left out', async () => {
  writeFileSync(path, 'one\ntwo\nthr');
  assert.deepEqual(await texts(), ['two', 'one']);
  appendFileSync(path, 'ee\n');
  assert.deepEqual(await texts(), ['three', 'two', 'one']);
});

test('a position leads to what is older, also when the log has grown since', async () => {
  writeFileSync(path, 'one\ntwo\nthree\n');
  const [, second] = await read();
  assert.equal(second?.position, 4);
  appendFileSync(path, 'four\n');
  assert.deepEqual(await texts(second?.position), ['one']);
  assert.deepEqual(await texts(0), []);
  assert.deepEqual(await texts(1_000_000), ['four', 'three', 'two', 'one']);
});

test('a line that no event is as long as is skipped, its neighbours are not', async () => {
  writeFileSync(path, `one\n${'x'.repeat(4 * 1024 * 1024 + 1)}\nthree\n`);
  assert.deepEqual(await texts(), ['three', 'one']);
});

test('a consumer that stops early reads no further, and the file can go', async () => {
  writeFileSync(path, 'one\ntwo\n');
  for await (const { text } of auditTrailFile(path).backwards()) {
    assert.equal(text, 'two');
    break;
  }
});

test('every line of any log is read back, whole, from any position', async () => {
  // Lengths around the size of a step, where lines are cut; letters of more than one byte.
  const length = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 262_130, max: 262_160 }));
  const line = fc.tuple(length, fc.constantFrom('a', 'é', '€')).map(([count, letter]) => letter.repeat(count));
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 6 }), async (written) => {
      writeFileSync(path, written.map((text) => `${text}\n`).join(''));
      const lines = await read();
      const found = lines.map(({ text }) => text);
      // Not deepEqual: a difference would print half a megabyte.
      assert.ok(found.join() === written.toReversed().join(), 'all lines');
      const middle = Math.floor(lines.length / 2);
      const position = lines[middle]?.position;
      if (position === undefined) return;
      assert.ok((await texts(position)).join() === found.slice(middle + 1).join(), 'the older lines');
    }),
    { numRuns: 30 },
  );
});
