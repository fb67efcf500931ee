/** The text behind an option of `sojourn explain`: a file, or standard input for `-`. */
import { readFileSync } from 'node:fs';
import { Unreadable } from './unreadable.ts';

/** Header, payload and signature: somebody gave the token itself, which no message repeats. */
const TOKEN = /[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/;

/** Throws {@link Unreadable} with the option's name. */
export function textOf(path: string, option: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch {
    if (TOKEN.test(path))
      throw new Unreadable(`${option} takes a file, or - for standard input, not the token itself.`);
    throw new Unreadable(`the file ${path} of ${option} cannot be read.`);
  }
}
