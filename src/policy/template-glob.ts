/**
 * Patterns with policy variables. What a variable stands for is a literal of the request, which may be long and may be
 * named a thousand times, so nothing is put together that is longer than the text it would have to match.
 */
import type { RequestContext } from './context.ts';
import { literalPiece, matchesPieces, pieceOf, type Piece } from './glob.ts';
import { ANY, STAR } from './unit.ts';
import { resolvedLength, resolvedText, resolveTemplate, type Template } from './variable.ts';

/** Whether a text matches the pattern as a whole, its variables replaced by the context's values. */
export type TemplateGlob = (text: string, context: RequestContext) => boolean;

/** A matcher; a variable without a value matches nothing. */
export function compileTemplateGlob(template: Template): TemplateGlob {
  const segments = splitAtStars(template);
  return (text, context) => {
    const length = resolvedLength(template, context);
    if (length === undefined || length > text.length) return false;
    const pieces: Piece[] = [];
    for (const segment of segments) {
      const piece = resolvedPiece(segment, context);
      if (piece === undefined) return false;
      pieces.push(piece);
    }
    return matchesPieces(pieces, text);
  };
}

function resolvedPiece(segment: Template, context: RequestContext): Piece | undefined {
  if (!segment.includes(ANY)) {
    const text = resolvedText(segment, context);
    return text === undefined ? undefined : literalPiece(text);
  }
  const units = resolveTemplate(segment, context);
  return units && pieceOf(units);
}

function splitAtStars(template: Template): readonly Template[] {
  const segments: Template[] = [];
  let from = 0;
  for (let at = 0; at <= template.length; at++) {
    if (at < template.length && template[at] !== STAR) continue;
    segments.push(template.slice(from, at));
    from = at + 1;
  }
  return segments;
}
