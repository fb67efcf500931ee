/**
 * The text forms of numbers, booleans and times that all of AWS's XML and query protocols use.
 * Readers answer undefined for a text that is not one; who calls knows which error that is.
 */

const INTEGER = /^[+-]?[0-9]{1,40}$/;
const DECIMAL = /^[+-]?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,3})?$/;
const ISO_8601 = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d))?$/;
const HTTP_DATE = /^[A-Z][a-z]{2,8}, \d{1,2}[ -][A-Z][a-z]{2}[ -]\d{2,4} \d\d:\d\d:\d\d (?:GMT|UTC|[+-]\d{4})$/;
const UNIX_SECONDS = /^-?\d{1,12}(?:\.\d{1,9})?$/;

/** Smallest and largest value of a signed 32-bit integer, as `integer` shapes have it. */
const INT32 = { min: -2_147_483_648, max: 2_147_483_647 };

/** A whole number; `+900` and `0900` are 900 (reference aws-federation 1.3). `bits` 64 means as far as a double is exact. */
export function readInteger(text: string, bits: 32 | 64): number | undefined {
  if (!INTEGER.test(text)) return undefined;
  const value = Number(text);
  if (bits === 64) return Number.isSafeInteger(value) ? value : undefined;
  return value >= INT32.min && value <= INT32.max ? value : undefined;
}

/** A number with an optional fraction and exponent. */
export function readDecimal(text: string): number | undefined {
  return DECIMAL.test(text) ? Number(text) : undefined;
}

/** `true` or `false`, in any case: SDKs of some languages print `True`. */
export function readBoolean(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  return lower === 'true' ? true : lower === 'false' ? false : undefined;
}

/** How a time is written where the model says so. */
export type TimestampFormat = 'iso8601' | 'rfc822' | 'unixTimestamp';

/** A time in any of the three forms, as AWS takes them all wherever one is due. */
export function readTimestamp(text: string): Date | undefined {
  if (UNIX_SECONDS.test(text)) return validDate(Number(text) * 1000);
  return ISO_8601.test(text) ? validDate(Date.parse(text)) : readHttpDate(text);
}

/** A time as HTTP writes it (RFC 9110 section 5.6.7), and in no other form. */
export function readHttpDate(text: string): Date | undefined {
  return HTTP_DATE.test(text) ? validDate(Date.parse(text)) : undefined;
}

function validDate(milliseconds: number): Date | undefined {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** `2026-09-11T11:48:26Z` (STS, IAM) or, with milliseconds, `2026-09-11T11:48:26.000Z` (S3). */
export function isoTimestamp(date: Date, milliseconds: boolean): string {
  const text = date.toISOString();
  return milliseconds ? text : `${text.slice(0, 19)}Z`;
}

/** `Fri, 11 Sep 2026 11:48:26 GMT`: the form of HTTP headers (RFC 9110 section 5.6.7). */
export function httpDate(date: Date): string {
  return date.toUTCString();
}
