/**
 * Patterns with policy variables. What a variable stands for is a literal of the request, which may be long and may be
 * named a thousand times, so nothing is put together that is longer than the text it would have to match.
 */
import type { RequestContext } from './context.ts';
import { literalPiece, matchesPieces, pieceOf, type Piece } from './glob.ts';
import { ANY, splitAtStars } from './unit.ts';
import { compileLength, constantUnits, resolveTemplate, valueOf, type Template, type Variable } from './variable.ts';
import { spend } from './work.ts';

/** Whether a text matches the pattern as a whole, its variables replaced by the context's values. */
export type TemplateGlob = (text: string, context: RequestContext) => boolean;

/** What stands between two stars, its variables replaced; undefined when one has no value. */
type Segment = (context: RequestContext) => Piece | undefined;

/** Steps that it takes to put a part into a piece, whatever its length. */
const PART_STEPS = 50;

/** A matcher; a variable without a value matches nothing. */
export function compileTemplateGlob(template: Template): TemplateGlob {
  const lengthIn = compileLength(template);
  const segments = splitAtStars<Variable>(template).map(compileSegment);
  return (text, context) => {
    const length = lengthIn(context);
    if (length === undefined || length > text.length) return false;
    const pieces: Piece[] = [];
    for (const segment of segments) {
      const piece = segment(context);
      if (piece === undefined) return false;
      pieces.push(piece);
    }
    return matchesPieces(pieces, text);
  };
}

function compileSegment(template: Template): Segment {
  const constant = constantUnits(template);
  if (constant !== undefined) return constantSegment(pieceOf(constant));
  return template.includes(ANY) ? anySegment(template) : textSegment(partsOf(template));
}

function constantSegment(piece: Piece): Segment {
  return () => piece;
}

function anySegment(template: Template): Segment {
  return (context) => {
    spend(PART_STEPS * template.length);
    const units = resolveTemplate(template, context);
    return units && pieceOf(units);
  };
}

function textSegment(parts: readonly (string | Variable)[]): Segment {
  return (context) => {
    let text = '';
    for (const part of parts) {
      const value = typeof part === 'string' ? part : valueOf(part, context);
      if (value === undefined) return undefined;
      text += value;
    }
    spend(PART_STEPS * parts.length + text.length / 2);
    return literalPiece(text);
  };
}

/** The units between variables as texts. */
function partsOf(template: Template): readonly (string | Variable)[] {
  const parts: (string | Variable)[] = [];
  let text = '';
  for (const part of template) {
    if (typeof part === 'number') {
      text += String.fromCharCode(part);
      continue;
    }
    if (text !== '') parts.push(text);
    parts.push(part);
    text = '';
  }
  return text === '' ? parts : [...parts, text];
}
