/**
 * The models' patterns are Java's regular expressions; this makes them JavaScript's.
 *
 * Only texts of the generated tables come here, never input. AWS prints the pattern as it stands in
 * the model, so the caller keeps it for the message.
 */

/** Escapes that both languages know; before any other character Java's backslash only quotes. */
const KNOWN_ESCAPE = /^[dDwWsSpPunrtfv^$\\.*+?()[\]{}|/-]$/;

const SUPPLEMENTARY = /[\uD800-\uDFFF]/;

/**
 * A test whether a whole text matches, as Java's `Matcher.matches`.
 *
 * Texts with supplementary characters never match: AWS refuses them even where the printed pattern
 * seems to allow them (reference aws-federation 1.4), since `\u10000` is read as `\u1000` and `0`.
 */
export function javaPattern(pattern: string): (text: string) => boolean {
  const whole = new RegExp(`^(?:${translate(pattern)})$`, 'u');
  return (text) => whole.test(text) && !SUPPLEMENTARY.test(text);
}

function translate(pattern: string): string {
  return pattern.replace(/\\(.)/gs, (escape: string, character: string) =>
    KNOWN_ESCAPE.test(character) ? escape : character,
  );
}
