/**
 * Sealing: authenticated encryption of a value under the ring, AES-256-GCM (NIST SP 800-38D).
 *
 * Layout: version (1 byte) · key id (4) · nonce (12) · ciphertext · tag (16). Version and key id are
 * bound as associated data; the purpose is bound by its own key. Nonces are random, so one key must
 * not seal more than 2^32 values (SP 800-38D section 8.3): rotate the ring before that.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { Buffer } from 'node:buffer';
import type { Random } from '../base/clock.ts';
import type { KeyPurpose, KeyRing, RingKey } from './key-ring.ts';

/** What opening gives: the value, or why there is none. */
export type Opened =
  | { readonly kind: 'opened'; readonly bytes: Buffer }
  /** Not of our layout, or changed since it was sealed. */
  | { readonly kind: 'malformed' }
  /** Of our layout, sealed under a key that this ring does not hold. */
  | { readonly kind: 'foreign' };

const VERSION = 1;
const HEADER_BYTES = 5;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ALGORITHM = 'aes-256-gcm';

/** Bytes that sealing adds to a value. */
export const SEALING_OVERHEAD = HEADER_BYTES + NONCE_BYTES + TAG_BYTES;

/** `value` sealed under the ring's current key, to be opened for the same purpose only. */
export function seal(purpose: KeyPurpose, value: Uint8Array, ring: KeyRing, random: Random): Buffer {
  const key = currentKey(ring);
  const head = Buffer.allocUnsafe(HEADER_BYTES + NONCE_BYTES);
  head[0] = VERSION;
  head.write(key.id, 1, 'hex');
  head.set(random.bytes(NONCE_BYTES), HEADER_BYTES);
  const cipher = createCipheriv(ALGORITHM, key.derived[purpose], head.subarray(HEADER_BYTES));
  cipher.setAAD(head.subarray(0, HEADER_BYTES));
  const ciphertext = cipher.update(value);
  cipher.final();
  return Buffer.concat([head, ciphertext, cipher.getAuthTag()]);
}

/** Opens what {@link seal} made, by any ring that holds the key. */
export function open(purpose: KeyPurpose, sealed: Uint8Array, ring: KeyRing): Opened {
  if (sealed.length < SEALING_OVERHEAD || sealed[0] !== VERSION) return { kind: 'malformed' };
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.length);
  const key = ring.keys.get(bytes.toString('hex', 1, HEADER_BYTES));
  if (key === undefined) return { kind: 'foreign' };
  const nonce = bytes.subarray(HEADER_BYTES, HEADER_BYTES + NONCE_BYTES);
  const decipher = createDecipheriv(ALGORITHM, key.derived[purpose], nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(bytes.subarray(0, HEADER_BYTES));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  const value = decipher.update(bytes.subarray(HEADER_BYTES + NONCE_BYTES, -TAG_BYTES));
  try {
    decipher.final();
  } catch {
    return { kind: 'malformed' };
  }
  return { kind: 'opened', bytes: value };
}

function currentKey(ring: KeyRing): RingKey {
  const key = ring.keys.get(ring.currentKeyId);
  if (key === undefined) throw new TypeError('the key ring does not hold its current key');
  return key;
}
