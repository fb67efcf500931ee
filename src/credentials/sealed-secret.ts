/** Secrets of long-lived access keys at rest: sealed, since Signature Version 4 needs the secret itself back. */
import { Buffer } from 'node:buffer';
import type { Random } from '../base/clock.ts';
import type { KeyRing } from './key-ring.ts';
import { open, seal } from './sealing.ts';

/** `text` sealed for storage, in base64. */
export function sealSecret(text: string, ring: KeyRing, random: Random): string {
  return seal('access-key-secret', Buffer.from(text, 'utf8'), ring, random).toString('base64');
}

/** The secret again; undefined when `sealed` was changed, or its key is not in the ring. */
export function openSecret(sealed: string, ring: KeyRing): string | undefined {
  const opened = open('access-key-secret', Buffer.from(sealed, 'base64'), ring);
  return opened.kind === 'opened' ? opened.bytes.toString('utf8') : undefined;
}
