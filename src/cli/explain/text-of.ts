/** The text behind an option of `sojourn explain`: a file, or standard input for `-`. */
import { readFileSync } from 'node:fs';
import { Unreadable } from './unreadable.ts';

/** Throws {@link Unreadable} with the option's name. */
export function textOf(path: string, option: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch {
    throw new Unreadable(`the file ${path} of ${option} cannot be read.`);
  }
}
