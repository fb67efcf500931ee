/** Session tokens: a session sealed under the ring, in base64. Nothing about it is stored (decision 6). */
import { Buffer } from 'node:buffer';
import type { Random } from '../base/clock.ts';
import type { KeyRing } from './key-ring.ts';
import { open, seal } from './sealing.ts';
import { decodeSession, encodeSession } from './session-encoding.ts';
import type { Session } from './session.ts';

/** What a token from a request turns out to be. */
export type OpenedSession =
  | { readonly kind: 'session'; readonly session: Session }
  /** Not a token of ours, or changed. S3 calls it `InvalidToken`, STS `InvalidClientTokenId` (aws-federation 7.3). */
  | { readonly kind: 'malformed' }
  /** A token of our form under a key that this ring does not hold: of another Sojourn, or the key was retired. */
  | { readonly kind: 'foreign' };

/**
 * Longest token that is opened, in characters. Fifty tags of the largest size, a session policy and
 * carried claims stay below it in any script.
 */
export const MAX_SESSION_TOKEN_LENGTH = 131_072;

/** The token to hand out. Whether it still holds (expiry, the role) is for the reader to check. */
export function sealSession(session: Session, ring: KeyRing, random: Random): string {
  return seal('session-token', encodeSession(session), ring, random).toString('base64');
}

/** Opens a token. The caller still compares `accessKeyId` with the key of the signature, and `expiresAt` with now. */
export function openSession(token: string, ring: KeyRing): OpenedSession {
  if (token.length > MAX_SESSION_TOKEN_LENGTH) return { kind: 'malformed' };
  const sealed = Buffer.from(token, 'base64');
  // Buffer skips what is not base64; one session must not have many spellings of its token.
  if (sealed.toString('base64') !== token) return { kind: 'malformed' };
  const opened = open('session-token', sealed, ring);
  if (opened.kind !== 'opened') return opened;
  const session = decodeSession(opened.bytes);
  return session === undefined ? { kind: 'malformed' } : { kind: 'session', session };
}
