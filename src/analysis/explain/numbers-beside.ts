/** Numbers next to a number, exact however many digits it has. */
import { readDecimal } from '../../policy/comparisons/decimal.ts';

/** Digits beyond which only the number itself is tried. */
const MAX_DIGITS = 400;

/** One less and one more; a tenth of the last place less and more, for what lies between neighbours. */
export function numbersBeside(text: string): readonly string[] {
  const number = readDecimal(text);
  if (number === undefined) return [];
  const { sign, digits, exponent } = number;
  const places = Math.max(0, digits.length - exponent);
  if (places > MAX_DIGITS || exponent > MAX_DIGITS) return [];
  // In tenths of the last place, so that both steps are whole.
  const units = BigInt(sign) * BigInt(digits === '' ? '0' : digits.padEnd(exponent, '0')) * 10n;
  const one = 10n ** BigInt(places + 1);
  return [units - one, units + one, units - 1n, units + 1n].map((value) => written(value, places + 1));
}

/** The whole number of such parts as a decimal. */
function written(value: bigint, places: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places);
  let end = fraction.length;
  while (end > 0 && fraction[end - 1] === '0') end--;
  return `${value < 0n ? '-' : ''}${whole}${end === 0 ? '' : `.${fraction.slice(0, end)}`}`;
}
