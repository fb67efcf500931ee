import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ANY, compileGlob, STAR, unitsOf } from './glob.ts';

const matches = (pattern: string, text: string): boolean => compileGlob(unitsOf(pattern))(text);

test('a piece with ? longer than one machine word is found where it first fits', () => {
  const piece = `${'ab?d'.repeat(20)}z`;
  const text = piece.replaceAll('?', 'c');
  assert.ok(matches(`*${piece}*`, `xx${text}yy`));
  assert.ok(matches(`*${piece}`, `${text}${text}`));
  assert.ok(!matches(`*${piece}*`, `xx${text.slice(0, -1)}yy`));
});

test('units that stand for themselves are not wildcards', () => {
  const star = compileGlob([0x2a]);
  assert.ok(star('*'));
  assert.ok(!star('a'));
  assert.ok(compileGlob([0x61, ANY, STAR])('abc'));
});

test('time grows with the text, not with its square, whatever the pattern', () => {
  const patterns = [
    `*${'a?'.repeat(500)}b`,
    `*${'a'.repeat(1_000)}b*`,
    `${'*a'.repeat(500)}b`,
    `${'*a?'.repeat(500)}*b`,
    `*${'?'.repeat(1_000)}b*`,
  ];
  for (const pattern of patterns) {
    const glob = compileGlob(unitsOf(pattern));
    const [short, long] = [4_000, 64_000].map((length) => fastest(() => glob('a'.repeat(length))));
    assert.ok(short !== undefined && long !== undefined);
    // Sixteen times the text: a quadratic matcher would need 256 times as long.
    assert.ok(long < Math.max(short, 0.05) * 100, `${pattern.slice(0, 12)}…: ${short} ms, then ${long} ms`);
  }
});

function fastest(run: () => unknown): number {
  let best = Infinity;
  for (let round = 0; round < 5; round++) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}
