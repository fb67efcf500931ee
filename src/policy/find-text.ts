/**
 * Literals in texts, in time that is linear in both. V8's own search is, for the needles that its tables cover; for
 * longer ones it can be the product of both lengths, so those go by Knuth, Morris and Pratt.
 */
import { isSpent, spend } from './work.ts';

/** Of a longer needle V8 (`kBMMaxShift`) prepares the end only. */
const NATIVE_NEEDLE = 250;
/** From here on comparing a slice, which V8 does many units at once, is faster than `startsWith`. */
const LONG = 200;

/** Whether `literal` stands in `text` at that place. */
export function standsAt(literal: string, text: string, at: number): boolean {
  if (literal.length < LONG) return text.startsWith(literal, at);
  spend(literal.length / 32);
  return text.slice(at, at + literal.length) === literal;
}

/** Place of `needle` in `text` at or after `from`, ending at or before `end`; -1 when there is none. */
export function findText(needle: string, text: string, from: number, end: number): number {
  const last = end - needle.length;
  if (last < from) return -1;
  if (needle.length > NATIVE_NEEDLE) return findLong(needle, text, from, end);
  // One unit is searched many at a time; of more, a hostile text lets each begin a match.
  spend((last - from) / (needle.length < 2 ? 64 : 2));
  const found = text.indexOf(needle, from);
  return found <= last ? found : -1;
}

function findLong(needle: string, text: string, from: number, end: number): number {
  spend(4 * (needle.length + end - from));
  if (isSpent()) return -1;
  const borders = bordersOf(needle);
  let matched = 0;
  for (let at = from; at < end; at++) {
    const unit = text.charCodeAt(at);
    while (matched > 0 && needle.charCodeAt(matched) !== unit) matched = borders[matched - 1] ?? 0;
    if (needle.charCodeAt(matched) === unit) matched++;
    if (matched === needle.length) return at - matched + 1;
  }
  return -1;
}

/** For each beginning of the needle, how long the longest end of it is that is a beginning too. */
function bordersOf(needle: string): Uint32Array {
  const borders = new Uint32Array(needle.length);
  let border = 0;
  for (let at = 1; at < needle.length; at++) {
    const unit = needle.charCodeAt(at);
    while (border > 0 && needle.charCodeAt(border) !== unit) border = borders[border - 1] ?? 0;
    if (needle.charCodeAt(border) === unit) border++;
    borders[at] = border;
  }
  return borders;
}
