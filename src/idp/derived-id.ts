/** Ids for simulated jobs, derived from names: the same job has the same ids every time and everywhere. */
import { createHash } from 'node:crypto';

/**
 * A number without leading zero, as text.
 *
 * @param kind keeps ids of different things apart (`repository`, `actor`)
 */
export function derivedNumber(kind: string, name: string, digits: number): string {
  const value = BigInt(`0x${derivedHex(kind, name, 32)}`) % 10n ** BigInt(digits);
  return value.toString().padStart(digits, '1');
}

/** Lower-case hexadecimal digits, at most 64. */
export function derivedHex(kind: string, name: string, length: number): string {
  return createHash('sha256').update(`${kind}\n${name}`).digest('hex').slice(0, length);
}

/** A UUID in version 5 layout (RFC 9562). */
export function derivedUuid(kind: string, name: string): string {
  const hex = derivedHex(kind, name, 32);
  const variant = '89ab'.charAt(parseInt(hex.charAt(16), 16) % 4);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
