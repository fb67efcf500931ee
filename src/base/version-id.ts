/**
 * The ids of object versions: 32 characters that mean nothing to a client, as S3's.
 *
 * S3 tells an id that it never gave (400) from one of a version that is gone (404), and goes on
 * listing after a version that was deleted meanwhile. So an id carries when its version was made,
 * and a check. Layout of the 24 bytes: 13 random, 7 of time masked by their hash, 4 of check.
 */
import { createHash } from 'node:crypto';
import type { Random } from './clock.ts';

/** The id of the version that a bucket keeps when it is not, or not any more, versioned. */
export const NULL_VERSION = 'null';

const RANDOM_BYTES = 13;
const TIME_BYTES = 7;
const CHECKED_BYTES = RANDOM_BYTES + TIME_BYTES;
const LENGTH = 32;

/**
 * A fresh id.
 *
 * @param time a whole number from 0 to 2^53, greater for newer versions of a key
 */
export function makeVersionId(time: number, random: Random): string {
  const bytes = Buffer.alloc(LENGTH * 0.75);
  bytes.set(random.bytes(RANDOM_BYTES), 0);
  for (let at = CHECKED_BYTES - 1, rest = time; at >= RANDOM_BYTES; at--, rest = Math.floor(rest / 256)) {
    bytes[at] = rest % 256;
  }
  maskTime(bytes);
  bytes.set(checkOf(bytes), CHECKED_BYTES);
  // S3's alphabet, as its ids show it: letters, digits, `.` and `_`.
  return bytes.toString('base64url').replaceAll('-', '.');
}

/** The time of an id that {@link makeVersionId} made; undefined for every other text. */
export function timeOfVersionId(id: string): number | undefined {
  if (id.length !== LENGTH || !/^[A-Za-z0-9._]*$/.test(id)) return undefined;
  const bytes = Buffer.from(id.replaceAll('.', '-'), 'base64url');
  if (!checkOf(bytes).equals(bytes.subarray(CHECKED_BYTES))) return undefined;
  maskTime(bytes);
  let time = 0;
  for (const byte of bytes.subarray(RANDOM_BYTES, CHECKED_BYTES)) time = time * 256 + byte;
  return time;
}

/** Hides or shows the time: ids of one moment have nothing in common. */
function maskTime(bytes: Buffer): void {
  const mask = createHash('sha256').update(bytes.subarray(0, RANDOM_BYTES)).digest();
  for (let at = 0; at < TIME_BYTES; at++) bytes[RANDOM_BYTES + at] = (bytes[RANDOM_BYTES + at] ?? 0) ^ (mask[at] ?? 0);
}

function checkOf(bytes: Buffer): Buffer {
  const digest = createHash('sha256').update(bytes.subarray(0, CHECKED_BYTES)).digest();
  return digest.subarray(0, bytes.length - CHECKED_BYTES);
}
