/**
 * Where the simulator says that a statement stands. AWS's places are those of its JSON reader: a
 * statement starts where the token before it ends, so after the bracket, after the statement before
 * it, or, when `Statement` is no list, after its own brace; it ends after its closing brace. Lines and
 * columns count from 1. Compared with recorded answers, each form of them.
 */
import type { Position, Statement } from '../../policy/tree.ts';

export interface Place {
  readonly line: number;
  readonly column: number;
}

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
  const start = inList ? placeOf(at, span.start, text) : { line: span.start.line, column: span.start.column + 1 };
  return { start, end: { line: span.end.line, column: span.end.column } };
}

/** The place of an offset that lies before a known position, with nothing but white space and a comma between. */
function placeOf(offset: number, known: Position, text: string): Place {
  let line = known.line;
  for (let at = offset; at < known.offset; at++) if (text[at] === '\n') line--;
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return { line, column: offset - lineStart + 1 };
}

function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x09 || unit === 0x0a || unit === 0x0d;
}
