/** Holds the house: the import table of ARCHITECTURE.md, no cycles between folders, a pure ground. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { test } from 'node:test';

const ROOT = resolve(import.meta.dirname, '..');
const SRC = join(ROOT, 'src');
const GROUND = ['base', 'policy', 'idp', 'tokens', 'credentials', 'analysis'];
/** The ports are the files that stand directly in these folders; implementations have folders of their own. */
const PORT_FILE = /^(?:storage\/(?:state|objects)\/[\w-]+|issuers\/issuer-keys)\.ts$/;

interface Import {
  readonly file: string;
  readonly line: number;
  readonly specifier: string;
  readonly target: string | undefined;
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const sources = files.filter((name) => !name.endsWith('.test.ts') && !name.endsWith('-suite.ts'));
const imports = sources.flatMap(importsOf);

test('the house is there: the test sees the files it is about', () => {
  assert.ok(sources.length >= 60, `only ${sources.length} source files under src/`);
  assert.ok(imports.length >= 200, `only ${imports.length} imports found`);
});

test('every import is allowed by the table in ARCHITECTURE.md', () => {
  const table = importTable();
  assert.deepEqual([...table.keys()].sort(), folders(), 'the table names the folders of src/, all of them');
  for (const { file, line, target } of imports) {
    if (target === undefined) continue;
    const from = top(file);
    const to = top(target);
    if (from === to) continue;
    assert.ok(table.get(from)?.has(to), `${file}:${line} imports ${to}, which the table does not allow to ${from}`);
  }
});

test('use cases and operations see only the ports of storage and issuers', () => {
  for (const { file, line, target } of imports) {
    if (target === undefined || !['federation', 'services', 'server'].includes(top(file))) continue;
    if (['storage', 'issuers'].includes(top(target))) {
      assert.match(target, PORT_FILE, `${file}:${line} imports ${target}, which is not a port`);
    }
  }
});

test('no folder imports another that, through others, imports it', () => {
  const edges = new Map<string, Set<string>>();
  for (const { file, target } of imports) {
    if (target === undefined || top(file) === top(target)) continue;
    edges.set(top(file), (edges.get(top(file)) ?? new Set()).add(top(target)));
  }
  const visit = (folder: string, path: readonly string[]): void => {
    assert.ok(!path.includes(folder), `cycle: ${[...path, folder].join(' → ')}`);
    for (const next of edges.get(folder) ?? []) visit(next, [...path, folder]);
  };
  for (const folder of edges.keys()) visit(folder, []);
});

test('the ground is pure: of Node it imports only hashing and bytes, and reads no clock', () => {
  const allowed = new Set(['node:crypto', 'node:buffer', 'node:net']);
  for (const { file, line, specifier, target } of imports) {
    if (!GROUND.includes(top(file)) || target !== undefined) continue;
    assert.ok(allowed.has(specifier) || specifier === 'yaml', `${file}:${line} imports ${specifier}`);
  }
  for (const file of sources.filter((name) => GROUND.includes(top(name)))) {
    const text = readFileSync(join(SRC, file), 'utf8');
    for (const impure of [
      /\bDate\.now\(/,
      /\bnew Date\(\)/,
      /\bMath\.random\(/,
      /\brandomBytes\(/,
      /\brandomUUID\(/,
      /\bprocess\./,
    ]) {
      assert.ok(!impure.test(text), `${file} uses ${impure.source}`);
    }
  }
});

test('file and folder names are nouns of the field', () => {
  for (const file of files) assert.doesNotMatch(file, /util|helper|common|manager|misc/i);
});

function importsOf(file: string): Import[] {
  const found: Import[] = [];
  readFileSync(join(SRC, file), 'utf8')
    .split('\n')
    .forEach((text, index) => {
      const specifier = /(?:from|^import|import\() ?'([^']+)'/.exec(text)?.[1];
      if (specifier === undefined || text.trimStart().startsWith('*')) return;
      const target = specifier.startsWith('.') ? relative(SRC, resolve(SRC, dirname(file), specifier)) : undefined;
      found.push({ file, line: index + 1, specifier, target });
    });
  return found;
}

function importTable(): Map<string, Set<string>> {
  const text = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8');
  const table = new Map<string, Set<string>>();
  for (const row of text.matchAll(/^\| `(\w+)` \|[^|]*\|([^|]*)\|$/gm)) {
    table.set(row[1] ?? '', new Set((row[2] ?? '').trim().split(/\s+/).filter(Boolean)));
  }
  return table;
}

function folders(): string[] {
  return readdirSync(SRC, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && sources.some((file) => top(file) === entry.name))
    .map((entry) => entry.name)
    .sort();
}

function top(file: string): string {
  return file.split('/')[0] ?? '';
}
