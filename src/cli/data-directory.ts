/** The files under `--data`: what each is called, and that only their owner can read them. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
  openSync,
  fsyncSync,
  closeSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Paths of the files below `--data`. */
export interface DataDirectory {
  readonly path: string;
  readonly state: string;
  readonly objects: string;
  readonly keyRing: string;
  /** Keys of the development issuer; `sojourn serve` never makes or reads it. */
  readonly issuerKeys: string;
  readonly auditLog: string;
}

/** Makes the directory (0700) when it is not there. */
export function openDataDirectory(path: string): DataDirectory {
  makeDirectories(resolve(path));
  chmodSync(path, 0o700);
  return {
    path,
    state: join(path, 'state.sqlite'),
    objects: join(path, 'objects'),
    keyRing: join(path, 'key-ring.json'),
    issuerKeys: join(path, 'issuer-keys.json'),
    auditLog: join(path, 'audit.jsonl'),
  };
}

/** One after the other: Node's own recursion never ends where a directory takes none in it (`/proc`). */
function makeDirectories(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return;
  const parent = dirname(path);
  if (parent !== path) makeDirectories(parent);
  mkdirSync(path, { mode: 0o700 });
}

/** The JSON in a file; undefined when there is no file. Throws when it is no JSON: a key file is never silently replaced. */
export function readJsonFile(path: string): unknown {
  if (!existsSync(path)) return undefined;
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** Replaces a file in one step, 0600, on the disk before this returns. */
export function writeJsonFile(path: string, value: unknown): void {
  const temporary = `${path}.new`;
  writeFileSync(temporary, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  const file = openSync(temporary, 'r');
  fsyncSync(file);
  closeSync(file);
  renameSync(temporary, path);
}
