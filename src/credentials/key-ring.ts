/**
 * The keys that seal what Sojourn hands out and what it keeps: named 256-bit secrets, one of them
 * current, the older ones kept so that what they sealed still opens.
 *
 * A secret itself never encrypts. Each purpose has its own key, derived by HKDF (RFC 5869), so that
 * a value sealed for one purpose cannot be opened as another.
 */
import { createSecretKey, hkdfSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { Buffer } from 'node:buffer';
import type { Random } from '../base/clock.ts';

/** What a sealed value is for. */
export type KeyPurpose =
  'session-token' | 'access-key-secret' | 'authorization-message' | 'paging-marker' | 'token-signing-key';

/** One named secret with the keys derived from it. */
export interface RingKey {
  /** Eight lower-case hexadecimal digits: the four bytes that sealed values carry. */
  readonly id: string;
  readonly secret: KeyObject;
  readonly derived: Readonly<Record<KeyPurpose, KeyObject>>;
}

/** Never changes in place: {@link rotate} and {@link retire} make another ring. */
export interface KeyRing {
  /** Id of the key that seals; every key opens. */
  readonly currentKeyId: string;
  readonly keys: ReadonlyMap<string, RingKey>;
}

/** The form in which a ring is kept: JSON that holds the secrets, in base64. */
export interface PrintedKeyRing {
  readonly current: string;
  readonly keys: readonly { readonly id: string; readonly secret: string }[];
}

const SECRET_BYTES = 32;
const ID_BYTES = 4;
/** Enough for a rotation a week over more than a year. */
const MAX_KEYS = 64;

/** A ring of one fresh key. */
export function makeKeyRing(random: Random): KeyRing {
  return withFreshKey(new Map(), random);
}

/**
 * The ring with a fresh current key; all older keys still open.
 *
 * @throws RangeError when the ring is full (64 keys): {@link retire} some first
 */
export function rotate(ring: KeyRing, random: Random): KeyRing {
  if (ring.keys.size >= MAX_KEYS) throw new RangeError(`a key ring holds at most ${MAX_KEYS} keys`);
  return withFreshKey(ring.keys, random);
}

/**
 * The ring without an older key: session tokens and secrets sealed under it no longer open.
 * Undefined when there is no such key or it is the current one.
 */
export function retire(ring: KeyRing, keyId: string): KeyRing | undefined {
  if (keyId === ring.currentKeyId || !ring.keys.has(keyId)) return undefined;
  return { currentKeyId: ring.currentKeyId, keys: new Map([...ring.keys].filter(([id]) => id !== keyId)) };
}

/** The ring for the file it is kept in. Holds the secrets: whoever reads it can make sessions. */
export function printKeyRing(ring: KeyRing): PrintedKeyRing {
  return {
    current: ring.currentKeyId,
    keys: [...ring.keys.values()].map(({ id, secret }) => ({ id, secret: secret.export().toString('base64') })),
  };
}

/** The ring that {@link printKeyRing} printed; undefined for anything else. */
export function parseKeyRing(json: unknown): KeyRing | undefined {
  if (!isRecord(json) || typeof json['current'] !== 'string' || !Array.isArray(json['keys'])) return undefined;
  const printed: readonly unknown[] = json['keys'];
  if (printed.length > MAX_KEYS) return undefined;
  const keys = new Map<string, RingKey>();
  for (const entry of printed) {
    const key = parseRingKey(entry);
    if (key === undefined || keys.has(key.id)) return undefined;
    keys.set(key.id, key);
  }
  return keys.has(json['current']) ? { currentKeyId: json['current'], keys } : undefined;
}

function parseRingKey(entry: unknown): RingKey | undefined {
  if (!isRecord(entry)) return undefined;
  const { id, secret } = entry;
  if (typeof id !== 'string' || !/^[0-9a-f]{8}$/.test(id) || typeof secret !== 'string') return undefined;
  const bytes = Buffer.from(secret, 'base64');
  if (bytes.length !== SECRET_BYTES || bytes.toString('base64') !== secret) return undefined;
  return ringKey(id, bytes);
}

function withFreshKey(older: ReadonlyMap<string, RingKey>, random: Random): KeyRing {
  let id: string;
  do id = Buffer.from(random.bytes(ID_BYTES)).toString('hex');
  while (older.has(id));
  const key = ringKey(id, random.bytes(SECRET_BYTES));
  return { currentKeyId: id, keys: new Map([...older, [id, key]]) };
}

function ringKey(id: string, bytes: Uint8Array): RingKey {
  const secret = createSecretKey(bytes);
  const derive = (purpose: KeyPurpose): KeyObject =>
    createSecretKey(new Uint8Array(hkdfSync('sha256', secret, '', `sojourn/1/${purpose}`, SECRET_BYTES)));
  return {
    id,
    secret,
    derived: {
      'session-token': derive('session-token'),
      'access-key-secret': derive('access-key-secret'),
      'authorization-message': derive('authorization-message'),
      'paging-marker': derive('paging-marker'),
      'token-signing-key': derive('token-signing-key'),
    },
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
