/**
 * Wildcard matching without regular expressions: `*` is any run of characters, `?` is one UTF-16 unit
 * (recorded: a supplementary-plane character needs `??`; reference iam-policy-evaluation 3).
 *
 * Greedy: between stars the leftmost place of each piece is taken, which is complete for this language, so
 * nothing is ever tried twice. Pieces with `?` between other units are searched bit-parallel (`shift-and.ts`), so
 * that the time is linear in the text for every 32 units of pattern, whatever the pattern.
 */
import { findText, standsAt } from './find-text.ts';
import { searchRun, type RunSearch } from './shift-and.ts';
import { ANY, splitAtStars, textOf, type Unit } from './unit.ts';
import { spend } from './work.ts';

export { ANY, STAR, textOf, unitsOf, type Unit } from './unit.ts';

/** Whether a text matches the pattern as a whole. */
export type Glob = (text: string) => boolean;

/** Compiles units to a matcher; the common shapes (no wildcard, `prefix*`, `*`) get one of their own. */
export function compileGlob(units: readonly Unit[]): Glob {
  const pieces = splitAtStars<never>(units).map(pieceOf);
  const [head, tail] = pieces;
  if (head === undefined) return (text) => text === '';
  if (pieces.length === 1 && head.literal !== undefined) return wholeGlob(head.literal);
  if (pieces.length === 2 && tail?.length === 0 && head.literal !== undefined) return prefixGlob(head.literal);
  return piecesGlob(pieces);
}

// Each shape is a function of its own, so that its matcher holds on to nothing but what it needs.

function wholeGlob(literal: string): Glob {
  return (text) => text === literal;
}

function prefixGlob(prefix: string): Glob {
  return prefix === '' ? () => true : (text) => text.startsWith(prefix);
}

function piecesGlob(pieces: readonly Piece[]): Glob {
  return (text) => matchesPieces(pieces, text);
}

/** A run of units between stars. */
export interface Piece {
  readonly length: number;
  /** Empty when the run is a literal. */
  readonly units: readonly Unit[];
  /** The run as text when it holds no `?`. */
  readonly literal: string | undefined;
  /** What of it is searched, when it holds `?`. */
  readonly core: Core | undefined;
}

/** A run without the `?` at its ends, which fit everywhere. */
interface Core {
  /** How many `?` stand before it. */
  readonly from: number;
  readonly units: readonly Unit[];
  /** As text when no `?` is left. */
  readonly literal: string | undefined;
  /** Bit-parallel; only for longer ones. */
  readonly search: RunSearch | undefined;
}

/** Up to here trying every place is cheaper than the masks. */
const SHORT_PIECE = 8;

/** A run of units, of which some may be {@link ANY}. */
export function pieceOf(units: readonly Unit[]): Piece {
  if (!units.includes(ANY)) return literalPiece(textOf(units));
  return { length: units.length, units, literal: undefined, core: coreOf(units) };
}

/** A run that is a text. */
export function literalPiece(literal: string): Piece {
  return { length: literal.length, units: [], literal, core: undefined };
}

function coreOf(units: readonly Unit[]): Core {
  const from = units.findIndex((unit) => unit !== ANY);
  if (from < 0) return { from: units.length, units: [], literal: '', search: undefined };
  const core = units.slice(from, units.findLastIndex((unit) => unit !== ANY) + 1);
  const literal = core.includes(ANY) ? undefined : textOf(core);
  const search = literal === undefined && core.length > SHORT_PIECE ? searchRun(core) : undefined;
  return { from, units: core, literal, search };
}

/** Whether a text is these pieces, with anything between them. */
export function matchesPieces(pieces: readonly Piece[], text: string): boolean {
  const last = pieces.length - 1;
  const [head, tail] = [pieces[0], pieces[last]];
  if (head === undefined || tail === undefined) return text === '';
  if (last === 0) return text.length === head.length && matchesAt(head, text, 0);
  const end = text.length - tail.length;
  if (end < head.length || !matchesAt(head, text, 0) || !matchesAt(tail, text, end)) return false;
  let at = head.length;
  for (let index = 1; index < last; index++) {
    const next = pieces[index];
    if (next === undefined || next.length === 0) continue;
    const found = find(next, text, at, end);
    if (found < 0) return false;
    at = found + next.length;
  }
  return true;
}

function matchesAt({ literal, units }: Piece, text: string, at: number): boolean {
  return literal === undefined ? unitsMatchAt(units, text, at) : standsAt(literal, text, at);
}

function unitsMatchAt(units: readonly Unit[], text: string, at: number): boolean {
  for (let i = 0; i < units.length; i++) {
    const unit = units[i];
    if (unit !== ANY && unit !== text.charCodeAt(at + i)) return false;
  }
  return true;
}

/** Leftmost place of a piece that starts at or after `from` and ends at or before `end`; -1 when there is none. */
function find({ length, literal, core }: Piece, text: string, from: number, end: number): number {
  if (core === undefined) return findText(literal ?? '', text, from, end);
  const last = end - length;
  if (last < from) return -1;
  const found = findCore(core, text, from + core.from, last + core.from + core.units.length);
  return found < 0 ? -1 : found - core.from;
}

function findCore({ units, literal, search }: Core, text: string, from: number, end: number): number {
  if (literal !== undefined) return findText(literal, text, from, end);
  if (search !== undefined) return search(text, from, end);
  const last = end - units.length;
  spend((last - from) * units.length);
  for (let at = from; at <= last; at++) if (unitsMatchAt(units, text, at)) return at;
  return -1;
}
