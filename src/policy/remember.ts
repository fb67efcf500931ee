/** What is read of a request is read once, for all that it is compared with. */

/** `read`, which remembers what it read last: one value is compared with many, one after the other. */
export function rememberingLast<T>(read: (text: string) => T): (text: string) => T {
  let last: { readonly text: string; readonly value: T } | undefined;
  return (text) => {
    if (last === undefined || last.text !== text) last = { text, value: read(text) };
    return last.value;
  };
}
