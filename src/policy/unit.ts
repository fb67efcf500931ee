/** What patterns are made of: UTF-16 code units and wildcards. */

/** A unit of a pattern: a UTF-16 code unit, {@link ANY} or {@link STAR}. */
export type Unit = number;
/** `?` */
export const ANY = -1;
/** `*` */
export const STAR = -2;

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

/** The text of units that hold no wildcard. */
export function textOf(units: readonly Unit[]): string {
  let text = '';
  for (const unit of units) text += String.fromCharCode(unit);
  return text;
}
