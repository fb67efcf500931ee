/** The condition keys that a simulation is given, read by their types (IAM API Reference, ContextEntry). */
import type { ContextValue } from '../../policy/context.ts';
import { VALUE_TYPES, type ValueType } from './context-values.ts';

/** One entry as it was sent. */
export interface ContextEntry {
  readonly name: string;
  readonly values: readonly string[];
  /** `string`, `numericList`, …: AWS refuses an entry without it. */
  readonly type: string | undefined;
}

/** Lower-cased keys with their values, or a sentence that says what is wrong with which entry. */
export type ContextEntries =
  | { readonly kind: 'entries'; readonly entries: readonly (readonly [string, ContextValue])[] }
  | { readonly kind: 'invalid'; readonly message: string };

/** Values of a request together, and their characters: policies are asked about each of them. Limits of ours. */
const VALUES_LIMIT = 1000;
const CHARACTERS_LIMIT = 65_536;

/** A list type makes a key multivalued, whatever the number of values. Sentences as observed on AWS in September 2026. */
export function readContextEntries(sent: readonly ContextEntry[]): ContextEntries {
  const tooMuch = lengthFault(sent);
  if (tooMuch !== undefined) return { kind: 'invalid', message: tooMuch };
  const entries = new Map<string, ContextValue>();
  for (const entry of sent) {
    // An entry without any member says nothing, and AWS passes over it.
    if (entry.name === '' && entry.type === undefined && entry.values.length === 0) continue;
    const key = entry.name.toLowerCase();
    const read = entries.has(key) ? `Duplicate context key: ${entry.name}.` : readContextEntry(entry);
    if (typeof read === 'string') return { kind: 'invalid', message: read };
    entries.set(key, read.value);
  }
  return { kind: 'entries', entries: [...entries] };
}

function lengthFault(sent: readonly ContextEntry[]): string | undefined {
  let values = 0;
  let characters = 0;
  for (const entry of sent) {
    values += entry.values.length;
    for (const value of entry.values) characters += value.length;
  }
  if (values > VALUES_LIMIT) return `The context entries have more than ${VALUES_LIMIT} values.`;
  return characters > CHARACTERS_LIMIT
    ? `The values of the context entries have more than ${CHARACTERS_LIMIT} characters.`
    : undefined;
}

/** The value of one entry, or the sentence that refuses it. */
function readContextEntry({ name, values, type = 'null' }: ContextEntry): { readonly value: ContextValue } | string {
  if (name === '') return 'ContextKeyName cannot be null or empty.';
  const isList = type.endsWith('List');
  const valueType = VALUE_TYPES.get(isList ? type.slice(0, -'List'.length) : type);
  if (valueType === undefined) return `Context key ${name} has invalid type ${type}.`;
  if (values.length === 0) return `Context values for context key ${name} cannot be null or empty.`;
  // The sentence names the type where one expects the key.
  if (!isList && values.length > 1) {
    return `Context key ${type} expected a single value, but received ${values.length}.`;
  }
  const read = readValues(values, valueType);
  if (read === undefined) return `Invalid context value for key ${name}: expected ${valueType.expected}.`;
  return { value: isList ? read : (read[0] ?? '') };
}

/** The values read; undefined when one is none of the type. */
function readValues(values: readonly string[], { read }: ValueType): readonly string[] | undefined {
  const texts: string[] = [];
  for (const value of values) {
    const text = read(value);
    if (text === undefined) return undefined;
    texts.push(text);
  }
  return texts;
}
