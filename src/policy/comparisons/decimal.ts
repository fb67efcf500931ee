/** Decimal numbers: scanned once and for all, and compared exactly, however many digits they have. */

/** A number as it is written: sign, digits and where the point stands among them. */
export interface DecimalText {
  readonly negative: boolean;
  /** At least one, zeros at either end included. */
  readonly digits: string;
  /** The number is digits × 10^-scale. */
  readonly scale: number;
}

/** A number as sign × 0.digits × 10^exponent; zero has no digits. */
export interface Decimal {
  readonly sign: -1 | 0 | 1;
  /** Without zeros at either end. */
  readonly digits: string;
  readonly exponent: number;
}

const DECIMAL = /^([+-]?)(?:([0-9]+)(?:\.([0-9]*))?|\.([0-9]+))(?:[eE]([+-]?[0-9]{1,9}))?$/;
/** Longer texts are not numbers that anybody means. */
const MAX_LENGTH = 400;

/** Scans `01`, `+1`, `1.0`, `1e0`, `.5`; `NaN`, `Infinity` and hexadecimal are no numbers (recorded). */
export function scanDecimal(text: string): DecimalText | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const found = DECIMAL.exec(text);
  if (found === null) return undefined;
  const [, sign, whole = '', fraction = found[4] ?? '', , exponent = '0'] = found;
  return { negative: sign === '-', digits: whole + fraction, scale: fraction.length - Number(exponent) };
}

/** The number of a text, whichever way it is written. */
export function readDecimal(text: string): Decimal | undefined {
  const scanned = scanDecimal(text);
  if (scanned === undefined) return undefined;
  const { negative, digits: all, scale } = scanned;
  let zeros = 0;
  while (all[zeros] === '0') zeros++;
  // By hand: a regular expression that looks for zeros at the end looks at those in the middle again and again.
  let end = all.length;
  while (end > zeros && all[end - 1] === '0') end--;
  const digits = all.slice(zeros, end);
  if (digits === '') return { sign: 0, digits, exponent: 0 };
  return { sign: negative ? -1 : 1, digits, exponent: all.length - scale - zeros };
}

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.sign !== b.sign) return a.sign - b.sign;
  if (a.exponent !== b.exponent) return a.sign * (a.exponent - b.exponent);
  if (a.digits === b.digits) return 0;
  return a.digits < b.digits ? -a.sign : a.sign;
}
