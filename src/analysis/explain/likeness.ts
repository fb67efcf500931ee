/** How alike two texts are: for telling a typing mistake from another thing altogether. */

/** Longer texts are compared only in full; nobody mistypes them by a letter. */
const MAX_LENGTH = 200;

/** Whether the texts differ, and by at most `edits` letters inserted, left out or exchanged. */
export function isMisspelling(a: string, b: string, edits = 3): boolean {
  if (a === b || a.length > MAX_LENGTH || b.length > MAX_LENGTH) return false;
  if (Math.abs(a.length - b.length) > edits) return false;
  return isWithin(a, b, edits);
}

/**
 * Levenshtein's distance, one row at a time. Only the cells within `edits` of the diagonal can be that small, and a row
 * without one ends the search (Ukkonen's cut-off), so that the work is linear in the texts.
 */
function isWithin(a: string, b: string, edits: number): boolean {
  const beyond = edits + 1;
  const width = 2 * edits + 1;
  // Cell `d` of row `i` stands for the first `i` letters of `a` and the first `i + d - edits` of `b`.
  let row = Array.from({ length: width }, (_, d) => (d < edits ? beyond : d - edits));
  for (let i = 1; i <= a.length; i++) {
    const next: number[] = [];
    let least = beyond;
    for (let d = 0; d < width; d++) {
      const j = i + d - edits;
      if (j < 0 || j > b.length) {
        next.push(beyond);
        continue;
      }
      const exchanged = j === 0 ? beyond : (row[d] ?? beyond) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const distance = Math.min(exchanged, (row[d + 1] ?? beyond) + 1, (next[d - 1] ?? beyond) + 1, beyond);
      next.push(distance);
      least = Math.min(least, distance);
    }
    if (least > edits) return false;
    row = next;
  }
  return (row[b.length - a.length + edits] ?? beyond) <= edits;
}
