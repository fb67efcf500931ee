/**
 * Where the simulator says that a statement stands. AWS's places are those of its JSON reader: a
 * statement starts where the token before it ends, so after the bracket, after the statement before
 * it, or, when `Statement` is no list, after its own brace; it ends after its closing brace. Lines and
 * columns count from 1; a line ends with LF, CRLF or a CR alone. Compared with recorded answers, each form of them.
 */
import type { Statement } from '../../policy/tree.ts';

/** A line and a column of a document, from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** From where a statement starts to where it ends, as AWS counts. */
export interface StatementPlace {
  readonly start: Place;
  readonly end: Place;
}

/** @param text the document that `statement` was read from */
export function statementPlace({ span }: Statement, text: string): StatementPlace {
  let at = span.start.offset;
  let comma = false;
  while (at > 0 && (isSpace(text.charCodeAt(at - 1)) || text[at - 1] === ',')) {
    comma ||= text[at - 1] === ',';
    at--;
  }
  const inList = comma || text[at - 1] === '[';
  return { start: placeOf(inList ? at : span.start.offset + 1, text), end: placeOf(span.end.offset, text) };
}

function placeOf(offset: number, text: string): Place {
  let line = 1;
  let lineStart = 0;
  for (let at = 0; at < offset; at++) {
    const unit = text.charCodeAt(at);
    const ends = unit === LF || (unit === CR && text.charCodeAt(at + 1) !== LF);
    if (!ends) continue;
    line++;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1 };
}

const LF = 0x0a;
const CR = 0x0d;

function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x09 || unit === LF || unit === CR;
}
