/**
 * Ids as IAM makes them: four letters for the kind, then base32 that carries the account.
 *
 * Layout (reference aws-federation 7.2, checked there against a live record): the first 6 bytes are
 * a 48-bit number with bit 47 set, the account in bits 46–7 and 7 random bits; the rest is random.
 */
import type { AccountId } from './arn.ts';
import { isAccountId } from './arn.ts';
import type { Random } from './clock.ts';

/** AKIA/ASIA long-term and temporary keys; AIDA user, AROA role, AGPA group, AIPA instance profile, ANPA policy. */
export type IdPrefix = 'AKIA' | 'ASIA' | 'AIDA' | 'AROA' | 'AGPA' | 'AIPA' | 'ANPA';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * A fresh id: 20 characters for access keys, 21 for everything else, as on AWS.
 *
 * @param account whose id it is; recoverable with {@link accountOfId}
 */
export function makeUniqueId(prefix: IdPrefix, account: AccountId, random: Random): string {
  const drawn = random.bytes(6);
  // 48 bits fit a number exactly; twelve digits times 128 stay below bit 47.
  const head = 2 ** 47 + Number(account) * 128 + ((drawn[0] ?? 0) & 0x7f);
  const bytes = new Uint8Array(11);
  for (let at = 5, rest = head; at >= 0; at--, rest = Math.floor(rest / 256)) bytes[at] = rest % 256;
  bytes.set(drawn.subarray(1), 6);
  const length = prefix === 'AKIA' || prefix === 'ASIA' ? 16 : 17;
  return prefix + base32(bytes).slice(0, length);
}

/** The account inside an id made by {@link makeUniqueId} (or by AWS since 2019); undefined for older or foreign forms. */
export function accountOfId(id: string): AccountId | undefined {
  let value = 0n;
  if (id.length < 14) return undefined;
  for (const letter of id.slice(4, 14)) {
    const digit = ALPHABET.indexOf(letter);
    if (digit < 0) return undefined;
    value = (value << 5n) | BigInt(digit);
  }
  const head = value >> 2n;
  if (head >> 47n !== 1n) return undefined;
  const account = ((head & 0x7fffffffff80n) >> 7n).toString().padStart(12, '0');
  return isAccountId(account) ? account : undefined;
}

function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return text + (bits > 0 ? ALPHABET[(held << (5 - bits)) & 31] : '');
}
