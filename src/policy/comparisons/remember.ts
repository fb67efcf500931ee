/** The request's value is read once for all values of the policy that it is compared with. */

/** `read`, which remembers what it read last: a condition compares one value with many, one after the other. */
export function rememberingLast<T>(read: (text: string) => T): (text: string) => T {
  let last: { readonly text: string; readonly value: T } | undefined;
  return (text) => {
    if (last === undefined || last.text !== text) last = { text, value: read(text) };
    return last.value;
  };
}
