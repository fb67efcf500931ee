/**
 * What of a client's own text one audit event keeps: bounded, so that nobody fills the disk with one
 * call, and without tokens, also where one was sent in a place that is not for tokens.
 */

/** Characters of an error message: CloudTrail's own bound. */
const MESSAGE_LIMIT = 1024;
/** Characters of JSON of the parameters, of the answer, and of the decisions: CloudTrail's bound on a field. */
export const FIELD_LIMIT: number = 100_000;

/**
 * A JSON Web Token, whole or without its signature, in a line of JSON. It starts where no longer word
 * does: a letter that belongs to an escape of JSON is no part of one. Linear, since each start is
 * looked at once.
 */
const TOKEN = /(?<=^|[^\w-]|\\[bfnrt]|\\u[0-9a-f]{4})eyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g;

/** `text` as far as an event keeps it. */
export function boundedMessage(text: string): string {
  return text.length > MESSAGE_LIMIT ? text.slice(0, MESSAGE_LIMIT) : text;
}

/** `value`, or when its JSON is too long a note that says so. */
export function boundedField<T extends object>(value: T): T | object {
  if (isSurelyShort(value)) return value;
  const length = JSON.stringify(value).length;
  if (length <= FIELD_LIMIT) return value;
  return { omitted: true, originalSize: length, reason: 'Field exceeded maximum size' };
}

/** What `record` makes of the first of `values`, as many as fit in a field together; the rest is never made. */
export function boundedRecords<T>(values: readonly T[], record: (value: T) => object): readonly object[] {
  const records: object[] = [];
  let length = 0;
  for (const value of values) {
    const made = record(value);
    // A single record, as most calls have, is measured only when it may be too long.
    length += values.length === 1 && isSurelyShort(made) ? 0 : JSON.stringify(made).length;
    if (length > FIELD_LIMIT) break;
    records.push(made);
  }
  return records;
}

/** Whether even with every character escaped the JSON stays within the bound: cheaper to see than to print. */
function isSurelyShort(value: object): boolean {
  return remaining(value, FIELD_LIMIT / 8) > 0;
}

/** What `value` leaves of `room`, in characters; stops when there is none. */
function remaining(value: unknown, room: number): number {
  if (typeof value === 'string') return room - value.length - 3;
  if (typeof value !== 'object' || value === null) return room - 24;
  let left = room - 2;
  for (const [name, inner] of Object.entries(value)) {
    left = remaining(inner, left - name.length - 4);
    if (left <= 0) break;
  }
  return left;
}

/** A line of JSON with every token in it replaced. */
export function withoutTokens(line: string): string {
  // Every event passes here: its few letters J are quicker to look at than every `e` of `eyJ`.
  for (let at = line.indexOf('J', 2); at >= 0; at = line.indexOf('J', at + 1)) {
    if (line[at - 1] === 'y' && line[at - 2] === 'e') return line.replace(TOKEN, '(token)');
  }
  return line;
}
