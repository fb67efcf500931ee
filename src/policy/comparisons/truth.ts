/** How Bool and Null read a text: `true` without regard to case; everything else is false (recorded). */

/** Whether the text says true. */
export function isTrue(text: string): boolean {
  return text.length === 4 && text.toLowerCase() === 'true';
}
