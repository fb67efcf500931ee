/** The condition keys that a simulation is given, read by their types (IAM API Reference, ContextEntry). */
import { isIP } from 'node:net';
import type { ContextValue } from '../../policy/context.ts';

/** One entry as it was sent. */
export interface ContextEntry {
  readonly name: string;
  readonly values: readonly string[];
  /** `string`, `numericList`, …; undefined stands for text, of as many values as there are. */
  readonly type: string | undefined;
}

export type ContextEntries =
  | { readonly kind: 'entries'; readonly entries: readonly (readonly [string, ContextValue])[] }
  /** A sentence that says what is wrong with which entry. */
  | { readonly kind: 'invalid'; readonly message: string };

/** What a value of each type looks like, lists of it too. */
const FORMS: ReadonlyMap<string, (value: string) => boolean> = new Map([
  ['string', () => true],
  ['numeric', (value: string) => /^[+-]?\d{1,30}(\.\d{1,30})?$/.test(value)],
  ['boolean', (value: string) => /^(true|false)$/i.test(value)],
  ['ip', isAddressBlock],
  ['binary', (value: string) => /^[A-Za-z0-9+/]*={0,2}$/.test(value)],
  ['date', (value: string) => /^\d{1,15}$/.test(value) || !Number.isNaN(Date.parse(value))],
]);

/** Lower-cased keys and their values; a list type makes a key multivalued, whatever the number of values. */
export function readContextEntries(sent: readonly ContextEntry[]): ContextEntries {
  const entries: (readonly [string, ContextValue])[] = [];
  for (const { name, values, type = values.length === 1 ? 'string' : 'stringList' } of sent) {
    const isList = type.endsWith('List');
    const form = FORMS.get(isList ? type.slice(0, -'List'.length) : type);
    if (form === undefined) return invalid(name, `has the unknown type ${type}`);
    const wrong = values.findIndex((value) => !form(value));
    if (wrong >= 0) return invalid(name, `has a value, number ${wrong + 1}, that is not of the type ${type}`);
    const [first] = values;
    if (isList) entries.push([name.toLowerCase(), values]);
    else if (first !== undefined && values.length === 1) entries.push([name.toLowerCase(), first]);
    else return invalid(name, `has ${values.length} values, but the type ${type} takes one`);
  }
  return { kind: 'entries', entries };
}

function invalid(name: string, what: string): ContextEntries {
  return { kind: 'invalid', message: `The context entry ${name} ${what}.` };
}

function isAddressBlock(value: string): boolean {
  const [address = '', prefix, ...rest] = value.split('/');
  return isIP(address) > 0 && rest.length === 0 && (prefix === undefined || /^\d{1,3}$/.test(prefix));
}
