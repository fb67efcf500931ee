/** The request as conditions see it: condition keys and their values. */

/** A text is a single-valued key, an array a multivalued one: a property of the key, not of how many values came. */
export type ContextValue = string | readonly string[];

/**
 * Condition key, **lower-cased**, to its value; a key that the request lacks is not in the map.
 * Every value is text; operators read numbers, dates and addresses out of it.
 */
export type RequestContext = ReadonlyMap<string, ContextValue>;

/** Builds a context from entries with keys in any case; a later entry of the same key wins. */
export function requestContext(entries: Iterable<readonly [string, ContextValue]>): Map<string, ContextValue> {
  const context = new Map<string, ContextValue>();
  for (const [key, value] of entries) context.set(key.toLowerCase(), value);
  return context;
}
