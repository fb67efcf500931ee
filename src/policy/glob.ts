/**
 * Wildcard matching without regular expressions: `*` is any run of characters, `?` is one UTF-16 unit
 * (recorded: a supplementary-plane character needs `??`; reference iam-policy-evaluation 3).
 *
 * Greedy: between stars the leftmost place of each piece is taken, which is complete for this language, so
 * nothing is ever tried twice. Pieces with `?` are searched bit-parallel (Shift-And), so that the time is
 * linear in the text for every 32 units of pattern, whatever the pattern.
 */

/** A unit of a pattern: a UTF-16 code unit, {@link ANY} or {@link STAR}. */
export type Unit = number;
/** `?` */
export const ANY = -1;
/** `*` */
export const STAR = -2;

/** Whether a text matches the pattern as a whole. */
export type Glob = (text: string) => boolean;

const ASTERISK = 0x2a;
const QUESTION = 0x3f;

/** The units of a pattern's text, `*` and `?` being wildcards. */
export function unitsOf(pattern: string): Unit[] {
  const units: Unit[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const code = pattern.charCodeAt(at);
    units.push(code === ASTERISK ? STAR : code === QUESTION ? ANY : code);
  }
  return units;
}

/** Compiles units to a matcher; the common shapes (no wildcard, `prefix*`, `*`) get one of their own. */
export function compileGlob(units: readonly Unit[]): Glob {
  const pieces = splitAtStars(units);
  const [head, ...rest] = pieces;
  if (head === undefined) return (text) => text === '';
  const tail = rest.pop();
  if (tail === undefined) return wholeGlob(head);
  const middle = rest.filter((piece) => piece.length > 0);
  if (middle.length === 0 && tail.length === 0 && head.literal !== undefined) return prefixGlob(head.literal);
  return piecesGlob(head, middle, tail);
}

// Each shape is a function of its own, so that its matcher holds on to nothing but what it needs.

function wholeGlob(head: Piece): Glob {
  const { literal } = head;
  return literal === undefined
    ? (text) => text.length === head.length && matchesAt(head, text, 0)
    : (text) => text === literal;
}

function prefixGlob(prefix: string): Glob {
  return prefix === '' ? () => true : (text) => text.startsWith(prefix);
}

function piecesGlob(head: Piece, middle: readonly Piece[], tail: Piece): Glob {
  return (text) => matchesPieces(head, middle, tail, text);
}

/** A run of units between stars. */
interface Piece {
  readonly length: number;
  /** Empty when the run is a literal. */
  readonly units: readonly Unit[];
  /** The run as text when it holds no `?`. */
  readonly literal: string | undefined;
  /** Bit masks for the search; only for longer runs with `?`. */
  readonly masks: ShiftAndMasks | undefined;
}

interface ShiftAndMasks {
  readonly words: number;
  /** Bits where any unit fits. */
  readonly any: Uint32Array;
  /** Bits where this unit fits, `any` included. */
  readonly byUnit: ReadonlyMap<number, Uint32Array>;
}

/** Up to here trying every place is cheaper than the masks. */
const SHORT_PIECE = 8;

function splitAtStars(units: readonly Unit[]): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (let at = 0; at <= units.length; at++) {
    if (at < units.length && units[at] !== STAR) continue;
    pieces.push(piece(units.slice(from, at)));
    from = at + 1;
  }
  return pieces;
}

function piece(units: readonly Unit[]): Piece {
  if (!units.includes(ANY)) return { length: units.length, units: [], literal: textOf(units), masks: undefined };
  const masks = units.length > SHORT_PIECE ? shiftAndMasks(units) : undefined;
  return { length: units.length, units, literal: undefined, masks };
}

/** The text of units that hold no wildcard. */
export function textOf(units: readonly Unit[]): string {
  let text = '';
  for (const unit of units) text += String.fromCharCode(unit);
  return text;
}

function matchesPieces(head: Piece, middle: readonly Piece[], tail: Piece, text: string): boolean {
  const end = text.length - tail.length;
  if (end < head.length || !matchesAt(head, text, 0) || !matchesAt(tail, text, end)) return false;
  let at = head.length;
  for (const next of middle) {
    const found = find(next, text, at, end);
    if (found < 0) return false;
    at = found + next.length;
  }
  return true;
}

function matchesAt(piece: Piece, text: string, at: number): boolean {
  if (piece.literal !== undefined) return text.startsWith(piece.literal, at);
  for (let i = 0; i < piece.length; i++) {
    const unit = piece.units[i];
    if (unit !== ANY && unit !== text.charCodeAt(at + i)) return false;
  }
  return true;
}

/** Leftmost place of a piece that starts at or after `from` and ends at or before `end`; -1 when there is none. */
function find(piece: Piece, text: string, from: number, end: number): number {
  const last = end - piece.length;
  if (piece.literal !== undefined) {
    const found = text.indexOf(piece.literal, from);
    return found <= last ? found : -1;
  }
  if (piece.masks !== undefined) return shiftAnd(piece.masks, piece.length, text, from, end);
  for (let at = from; at <= last; at++) if (matchesAt(piece, text, at)) return at;
  return -1;
}

function shiftAndMasks(units: readonly Unit[]): ShiftAndMasks {
  const words = Math.ceil(units.length / 32);
  const any = new Uint32Array(words);
  const byUnit = new Map<number, Uint32Array>();
  const set = (mask: Uint32Array, i: number): void => {
    mask[i >>> 5] = (mask[i >>> 5] ?? 0) | (1 << (i & 31));
  };
  units.forEach((unit, i) => {
    if (unit === ANY) set(any, i);
  });
  units.forEach((unit, i) => {
    if (unit === ANY) return;
    const mask = byUnit.get(unit) ?? any.slice();
    set(mask, i);
    byUnit.set(unit, mask);
  });
  return { words, any, byUnit };
}

/** Baeza-Yates and Gonnet's Shift-And over as many 32-bit words as the piece needs. */
function shiftAnd(masks: ShiftAndMasks, length: number, text: string, from: number, end: number): number {
  const { words, any, byUnit } = masks;
  const state = new Uint32Array(words);
  const goal = 1 << ((length - 1) & 31);
  for (let at = from; at < end; at++) {
    const mask = byUnit.get(text.charCodeAt(at)) ?? any;
    let carry = 1;
    for (let word = 0; word < words; word++) {
      const bits = state[word] ?? 0;
      state[word] = ((bits << 1) | carry) & (mask[word] ?? 0);
      carry = bits >>> 31;
    }
    if (((state[words - 1] ?? 0) & goal) !== 0) return at - length + 1;
  }
  return -1;
}
