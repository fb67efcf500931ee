/** The condition keys that a simulation is given, read by their types (IAM API Reference, ContextEntry). */
import { readRequestAddress } from '../../policy/comparisons/address.ts';
import { isDate } from '../../policy/comparisons/dates.ts';
import type { ContextValue } from '../../policy/context.ts';

/** One entry as it was sent. */
export interface ContextEntry {
  readonly name: string;
  readonly values: readonly string[];
  /** `string`, `numericList`, …: AWS refuses an entry without it. */
  readonly type: string | undefined;
}

export type ContextEntries =
  | { readonly kind: 'entries'; readonly entries: readonly (readonly [string, ContextValue])[] }
  /** A sentence that says what is wrong with which entry. */
  | { readonly kind: 'invalid'; readonly message: string };

/** What values of a type are, in AWS's words, and which texts are such values. */
interface Form {
  readonly expected: string;
  readonly isValue: (value: string) => boolean;
}

/** By type, lists of it too. Sentences and forms as observed on AWS in September 2026, that of booleans by analogy. */
const FORMS: ReadonlyMap<string, Form> = new Map<string, Form>([
  ['string', { expected: 'string format', isValue: () => true }],
  ['numeric', { expected: 'numeric format', isValue: (value) => NUMERIC.test(value) }],
  ['boolean', { expected: 'boolean format', isValue: (value) => /^(?:true|false)$/i.test(value) }],
  ['ip', { expected: 'IP address', isValue: (value) => readRequestAddress(value) !== undefined }],
  ['binary', { expected: 'base-64 encoded binary format', isValue: isBase64 }],
  ['date', { expected: 'date format', isValue: isDate }],
]);

const NUMERIC = /^[+-]?\d{1,30}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,9})?$/;

/** Lower-cased keys and their values; a list type makes a key multivalued, whatever the number of values. */
export function readContextEntries(sent: readonly ContextEntry[]): ContextEntries {
  const entries: (readonly [string, ContextValue])[] = [];
  for (const entry of sent) {
    // An entry without any member says nothing, and AWS passes over it.
    if (entry.name === '' && entry.type === undefined && entry.values.length === 0) continue;
    const read = readContextEntry(entry);
    if (typeof read === 'string') return { kind: 'invalid', message: read };
    entries.push([entry.name.toLowerCase(), read.value]);
  }
  return { kind: 'entries', entries };
}

/** The value of one entry, or the sentence that refuses it. */
function readContextEntry({ name, values, type }: ContextEntry): { readonly value: ContextValue } | string {
  if (name === '') return 'ContextKeyName cannot be null or empty.';
  const isList = type?.endsWith('List') === true;
  const form = FORMS.get(isList ? type.slice(0, -'List'.length) : (type ?? ''));
  if (form === undefined) return `Context key ${name} has invalid type ${type ?? 'null'}.`;
  const [first, ...more] = values;
  if (first === undefined) return `Context values for context key ${name} cannot be null or empty.`;
  if (!values.every(form.isValue)) return `Invalid context value for key ${name}: expected ${form.expected}.`;
  if (isList) return { value: values };
  if (more.length === 0) return { value: first };
  return `The context entry ${name} has ${values.length} values, but the type ${type} takes one.`;
}

/** Whole groups of the alphabet of RFC 4648 section 4, without bits that stand for nothing. */
function isBase64(value: string): boolean {
  return Buffer.from(value, 'base64').toString('base64') === value;
}
