/** What patterns are made of: UTF-16 code units and wildcards. */

/** A unit of a pattern: a UTF-16 code unit, {@link ANY} or {@link STAR}. */
export type Unit = number;
/** `?` */
export const ANY = -1;
/** `*` */
export const STAR = -2;

const ASTERISK = 0x2a;
const QUESTION = 0x3f;

/** The unit that a character of a pattern is. */
export function unitOf(code: number): Unit {
  return code === ASTERISK ? STAR : code === QUESTION ? ANY : code;
}

/** The units of a pattern's text, `*` and `?` being wildcards. */
export function unitsOf(pattern: string): Unit[] {
  const units: Unit[] = [];
  for (let at = 0; at < pattern.length; at++) units.push(unitOf(pattern.charCodeAt(at)));
  return units;
}

/** The text of units that hold no wildcard. */
export function textOf(units: readonly Unit[]): string {
  let text = '';
  for (const unit of units) text += String.fromCharCode(unit);
  return text;
}

/** The runs between stars, of units and of what else stands among them. Several stars are as good as one. */
export function splitAtStars<Part>(parts: readonly (Part | Unit)[]): readonly (readonly (Part | Unit)[])[] {
  const runs: (readonly (Part | Unit)[])[] = [];
  let from = 0;
  for (let at = 0; at <= parts.length; at++) {
    if (at < parts.length && parts[at] !== STAR) continue;
    if (at > from || from === 0 || at === parts.length) runs.push(parts.slice(from, at));
    from = at + 1;
  }
  return runs;
}
