/** The claims that STS asks of every token: presence, types, times, audience (reference aws-federation 1.7, 2). */
import {
  emptyAudience,
  expired,
  invalidTimestamp,
  issuedInFuture,
  manyAudiences,
  missingClaim,
  notValidated,
  notYetValid,
  shown,
  unknownError,
} from './failures.ts';
import type { CheckedClaims, Token, TokenFailure } from './token.ts';

/** How far the issuer's clock may be from ours, seconds, in either direction. */
export const CLOCK_TOLERANCE = 300;

/** In the order in which AWS is seen to miss them. */
const REQUIRED = ['iss', 'sub', 'aud', 'iat', 'exp'] as const;

/** What the claims are held against. */
export interface ClaimRules {
  /** Seconds since the epoch. */
  readonly now: number;
  /** The audiences registered with the provider; `any` for the built-in ones, where the trust policy must test it. */
  readonly clientIds: readonly string[] | 'any';
}

/** `iss` as sent: what the provider is looked up by, before anything else is asked of the token. */
export function issuerOf(token: Token): string | TokenFailure {
  const issuer = token.claims['iss'];
  if (typeof issuer === 'string' && issuer !== '') return issuer;
  return missingClaim('iss', issuer === undefined ? undefined : 'iss is not a text');
}

/**
 * Checks the claims that need no key. Whether the signature holds is not known yet: nothing that this
 * returns may be believed before {@link verifySignature} has been asked.
 *
 * Order: presence, subject, form of the times, the times, audience.
 */
export function checkClaims(token: Token, rules: ClaimRules): CheckedClaims | TokenFailure {
  const { claims } = token;
  for (const claim of REQUIRED) if (claims[claim] === undefined) return missingClaim(claim);
  const issuer = issuerOf(token);
  if (typeof issuer !== 'string') return issuer;
  const subject = subjectOf(claims['sub']);
  if (typeof subject !== 'string') return subject;
  const issuedAt = secondsOf(claims['iat']);
  if (issuedAt === undefined) return invalidTimestamp('iat');
  const expiresAt = secondsOf(claims['exp']);
  if (expiresAt === undefined) return invalidTimestamp('exp');
  const notBefore = claims['nbf'] === undefined ? 0 : secondsOf(claims['nbf']);
  if (notBefore === undefined) return invalidTimestamp('nbf');
  const untimely = checkTimes(issuedAt, notBefore, expiresAt, rules.now);
  if (untimely !== undefined) return untimely;
  const audience = audienceOf(claims['azp'], claims['aud']);
  if (typeof audience !== 'string') return audience;
  if (audience === '' || (rules.clientIds !== 'any' && !rules.clientIds.includes(audience))) {
    return notValidated(`the audience ${shown(audience)} is not registered with the provider`);
  }
  return { kind: 'checked', claims, issuer, subject, audience, issuedAt, expiresAt };
}

/**
 * The limits to the second. AWS prints its clock already shifted by the tolerance; its sentence says
 * that the shifted time must be *before* `exp` (as RFC 7519 4.1.4 does) and *at or after* `nbf`.
 */
function checkTimes(issuedAt: number, notBefore: number, expiresAt: number, now: number): TokenFailure | undefined {
  const earliest = now - CLOCK_TOLERANCE;
  const latest = now + CLOCK_TOLERANCE;
  if (earliest >= expiresAt) return expired(earliest, expiresAt, now);
  if (latest < notBefore) return notYetValid(latest, notBefore, now);
  if (latest < issuedAt) return issuedInFuture(issuedAt, now);
  return undefined;
}

/** Text as it is, whole numbers as text; AWS fails with an error of its own on null (observed), so do we on the rest. */
function subjectOf(sub: unknown): string | TokenFailure {
  if (typeof sub === 'string') return sub;
  // Beyond 2^53 two different subjects would read as the same number.
  if (typeof sub === 'number' && Number.isSafeInteger(sub)) return String(sub);
  return unknownError('sub is neither a text nor a whole number');
}

/** An integer, or an integer in text; AWS refuses fractions, null and other text. */
function secondsOf(time: unknown): number | undefined {
  const seconds = typeof time === 'string' && /^-?[0-9]{1,15}$/.test(time) ? Number(time) : time;
  return typeof seconds === 'number' && Number.isSafeInteger(seconds) ? seconds : undefined;
}

/** `azp` when it is there at all, else the one `aud`. */
function audienceOf(azp: unknown, aud: unknown): string | TokenFailure {
  if (Array.isArray(aud) && aud.length === 0) return emptyAudience();
  if (azp !== undefined) return typeof azp === 'string' ? azp : notValidated('azp is not a text');
  if (Array.isArray(aud) && aud.length > 1) return manyAudiences(aud.length);
  const single: unknown = Array.isArray(aud) ? aud[0] : aud;
  return typeof single === 'string' ? single : notValidated('aud is neither a text nor a list of texts');
}
