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

/** The places of the statements of a document, whose lines are found once for all of them. */
export function statementPlaces(text: string): (statement: Statement) => StatementPlace {
  const places = new Map<Statement, StatementPlace>();
  let lines: readonly number[] | undefined;
  return (statement) => {
    lines ??= lineStarts(text);
    const place = places.get(statement) ?? statementPlace(statement, text, lines);
    places.set(statement, place);
    return place;
  };
}

function statementPlace({ span }: Statement, text: string, lines: readonly number[]): StatementPlace {
  let at = span.start.offset;
  let comma = false;
  while (at > 0 && (isSpace(text.charCodeAt(at - 1)) || text[at - 1] === ',')) {
    comma ||= text[at - 1] === ',';
    at--;
  }
  const inList = comma || text[at - 1] === '[';
  return { start: placeOf(inList ? at : span.start.offset + 1, lines), end: placeOf(span.end.offset, lines) };
}

/** Where each line begins, in order. */
function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === LF || (unit === CR && text.charCodeAt(at + 1) !== LF)) starts.push(at + 1);
  }
  return starts;
}

/** In the last line that begins at the offset or before it. */
function placeOf(offset: number, lines: readonly number[]): Place {
  let [line, end] = [0, lines.length];
  while (end - line > 1) {
    const middle = (line + end) >>> 1;
    if ((lines[middle] ?? 0) <= offset) line = middle;
    else end = middle;
  }
  return { line: line + 1, column: offset - (lines[line] ?? 0) + 1 };
}

const LF = 0x0a;
const CR = 0x0d;

function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x09 || unit === LF || unit === CR;
}
