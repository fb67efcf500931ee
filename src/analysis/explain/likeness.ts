/** How alike two texts are: for telling a typing mistake from another thing altogether. */

/** Longer texts are compared only in full; nobody mistypes them by a letter. */
const MAX_LENGTH = 200;

/** Whether the texts differ, and by at most `edits` letters inserted, left out or exchanged. */
export function isMisspelling(a: string, b: string, edits = 3): boolean {
  if (a === b || a.length > MAX_LENGTH || b.length > MAX_LENGTH) return false;
  if (Math.abs(a.length - b.length) > edits) return false;
  return editDistance(a, b) <= edits;
}

/** Levenshtein's distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const exchange = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(exchange, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
