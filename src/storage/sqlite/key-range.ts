/**
 * Key prefixes as ranges. SQLite compares TEXT by its UTF-8 bytes, and UTF-8 keeps the order of code
 * points, so the keys with a prefix are one range of an index; LIKE is never needed.
 */

/**
 * The first text after every text that starts with `prefix`; undefined when there is none, because
 * `prefix` is empty or holds the last code point only.
 */
export function afterPrefix(prefix: string): string | undefined {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    if (last === 0x10ffff) continue;
    // Surrogates are no characters: UTF-8 has no bytes for them.
    return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
  }
  return undefined;
}

/** The first text after `key`. */
export function afterKey(key: string): string {
  return `${key}\0`;
}

/** A bound that every TEXT is below: SQLite sorts BLOBs after TEXT (https://www.sqlite.org/datatype3.html 4.1). */
export const NO_END: Uint8Array = new Uint8Array(0);

/**
 * Refuses a text that has no UTF-8 form: SQLite would store another one in its place.
 *
 * @throws TypeError for unpaired surrogates; the wire never yields any
 */
export function assertKey(key: string): void {
  if (!key.isWellFormed()) throw new TypeError('a key holds an unpaired surrogate');
}
