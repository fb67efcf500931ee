/**
 * Values of context entries as the simulator reads them: by the type that the entry names, into the text that
 * conditions then compare (observed on AWS, September 2026). A number is a `BigDecimal` of Java and a date an instant
 * in UTC, and both are compared as such even by StringEquals; addresses and bytes keep their spelling.
 */
import { readRequestAddress } from '../../policy/comparisons/address.ts';
import { scanDecimal } from '../../policy/comparisons/decimal.ts';
import { readInstant } from '../../policy/comparisons/instant.ts';

/** One type of values. */
export interface ValueType {
  /** What AWS says that it expected of a value that is none. */
  readonly expected: string;
  /** The text that conditions meet; undefined when `value` is none of this type. */
  readonly read: (value: string) => string | undefined;
}

/** By the name of the single-valued type; a list's name has `List` behind it. */
export const VALUE_TYPES: ReadonlyMap<string, ValueType> = new Map<string, ValueType>([
  ['string', { expected: 'string format', read: (value) => value }],
  // Any text is taken, and what is not true is false to the operators (observed).
  ['boolean', { expected: 'boolean format', read: (value) => value }],
  ['numeric', { expected: 'numeric format', read: readNumber }],
  ['date', { expected: 'DateTime format', read: readDate }],
  ['ip', { expected: 'IP address', read: readAddress }],
  ['binary', { expected: 'base-64 encoded binary format', read: readBytes }],
]);

const YEAR = /^[0-9]{4}$/;

/** The number as Java's `BigDecimal.toString` writes it: `01.00` is `1.00`, `1e2` is `1E+2`. */
function readNumber(value: string): string | undefined {
  const scanned = scanDecimal(value);
  if (scanned === undefined) return undefined;
  const { negative, digits, scale } = scanned;
  const significant = digits.replace(/^0+(?=[0-9])/, '');
  const isZero = significant === '0';
  return (negative && !isZero ? '-' : '') + javaDecimal(significant, scale);
}

/** `digits` × 10^-`scale`, with an exponent where Java writes one. */
function javaDecimal(digits: string, scale: number): string {
  const adjusted = digits.length - 1 - scale;
  if (scale < 0 || adjusted < -6) {
    const mantissa = digits.length === 1 ? digits : `${digits.slice(0, 1)}.${digits.slice(1)}`;
    return `${mantissa}E${adjusted < 0 ? '' : '+'}${adjusted}`;
  }
  if (scale === 0) return digits;
  const padded = digits.padStart(scale + 1, '0');
  return `${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

/** The instant with milliseconds. A year alone is one here; in policies it is seconds since the epoch. */
function readDate(value: string): string | undefined {
  const instant = readInstant(YEAR.test(value) ? `${value}-01-01` : value);
  const date = new Date(instant ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

function readAddress(value: string): string | undefined {
  return readRequestAddress(value) === undefined ? undefined : value;
}

/** Whole groups of the alphabet of RFC 4648 section 4, without bits that stand for nothing. */
function readBytes(value: string): string | undefined {
  return Buffer.from(value, 'base64').toString('base64') === value ? value : undefined;
}
