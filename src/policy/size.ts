/** How long a policy document is, as AWS counts it against its quotas. */

/**
 * Characters of a document without the white space between its tokens (IAM quotas: "IAM doesn't count white
 * space when calculating the size of a policy"). Organizations counts everything; use the text's length there.
 */
export function policySize(text: string): number {
  let size = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (!quoted && (letter === ' ' || letter === '\t' || letter === '\n' || letter === '\r')) continue;
    size++;
    if (letter === '"') quoted = !quoted;
    else if (quoted && letter === '\\' && at + 1 < text.length) {
      at++;
      size++;
    }
  }
  return size;
}
