/** The reader and the matcher against slower ones that are plainly right. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compileGlob, unitsOf } from '../../src/policy/glob.ts';
import { readJson, type JsonNode } from '../../src/policy/json.ts';
import { compareDecimals, readDecimal } from '../../src/policy/comparisons/decimal.ts';

const RUNS = { numRuns: 5_000 };

test('the wildcard matcher agrees with one that tries everything', () => {
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 40 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 60 });
  fc.assert(
    fc.property(pattern, text, (p, t) => {
      assert.equal(compileGlob(unitsOf(p))(t), matchesSlowly(p, t));
    }),
    RUNS,
  );
});

test('a pattern made of a text by putting wildcards in matches the text', () => {
  const cuts = fc.array(fc.tuple(fc.nat(), fc.nat(9), fc.boolean()), { maxLength: 5 });
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), cuts, (text, places) => {
      let units = [...unitsOf(text.replaceAll(/[*?]/g, ''))];
      const plain = String.fromCharCode(...units);
      for (const [at, length, star] of places) {
        const from = units.length === 0 ? 0 : at % units.length;
        if (star) units = [...units.slice(0, from), -2, ...units.slice(from + length)];
        else if (units[from] !== undefined && units[from] !== -2) units[from] = -1;
      }
      assert.ok(compileGlob(units)(plain));
    }),
    RUNS,
  );
});

test('the JSON reader takes what JSON.parse takes, and reads the same', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), (text) => {
      const read = readJson(text);
      assert.equal(read.kind, 'json');
      if (read.kind === 'json') assert.deepEqual(valueOf(read.root), JSON.parse(text));
    }),
    RUNS,
  );
});

test('the JSON reader refuses what JSON.parse refuses', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"',
    '1',
    '-',
    '0',
    '.5',
    'e1',
    'true',
    'nul',
    ' ',
    '\n',
    '\\u0041',
    '\\',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
      const text = pieces.join('');
      let valid = true;
      try {
        JSON.parse(text);
      } catch {
        valid = false;
      }
      assert.equal(readJson(text).kind === 'json', valid, text);
    }),
    { numRuns: 20_000 },
  );
});

test('every node stands where its text is', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(0, 1, 3), (value, indent) => {
      const text = JSON.stringify(value, undefined, indent);
      const read = readJson(text);
      if (read.kind === 'json') for (const node of nodesOf(read.root)) checkPlace(node, text);
    }),
    RUNS,
  );
});

test('decimals compare as numbers do where numbers are exact', () => {
  const number = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((n) => n / 1_000);
  fc.assert(
    fc.property(number, number, (a, b) => {
      const [x, y] = [readDecimal(String(a)), readDecimal(b.toExponential())];
      assert.ok(x !== undefined && y !== undefined);
      assert.equal(Math.sign(compareDecimals(x, y)), Math.sign(a - b));
    }),
    RUNS,
  );
});

/** One row a pattern unit: which prefixes of the text are matched so far. */
function matchesSlowly(pattern: string, text: string): boolean {
  let reached = Array.from({ length: text.length + 1 }, (_, index) => index === 0);
  for (const unit of pattern) {
    const next = reached.map(() => false);
    for (let at = 0; at <= text.length; at++) {
      if (unit === '*') next[at] = reached[at] === true || (at > 0 && next[at - 1] === true);
      else if (at > 0) next[at] = reached[at - 1] === true && (unit === '?' || unit === text[at - 1]);
    }
    reached = next;
  }
  return reached[text.length] === true;
}

function valueOf(node: JsonNode): unknown {
  if (node.kind === 'array') return node.items.map(valueOf);
  if (node.kind === 'object')
    return Object.fromEntries(node.members.map(({ name, value }) => [name.text, valueOf(value)]));
  return node.kind === 'string' ? node.text : JSON.parse(node.text);
}

function nodesOf(node: JsonNode): readonly JsonNode[] {
  if (node.kind === 'array') return [node, ...node.items.flatMap(nodesOf)];
  if (node.kind === 'object') return [node, ...node.members.flatMap(({ name, value }) => [name, ...nodesOf(value)])];
  return [node];
}

function checkPlace(node: JsonNode, text: string): void {
  const { start, end } = node.span;
  assert.deepEqual(JSON.parse(text.slice(start.offset, end.offset)), valueOf(node));
  const before = text.slice(0, start.offset).split('\n');
  assert.deepEqual([start.line, start.column], [before.length, (before.at(-1)?.length ?? 0) + 1]);
}
