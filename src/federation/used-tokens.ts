/**
 * Tokens that are good once: an option beyond AWS, where a token may be exchanged any number of times
 * until it expires. An operator may name issuers of which a `jti` that got a session gets no other.
 */
import { hash } from 'node:crypto';
import { CLOCK_TOLERANCE } from '../tokens/claims.ts';
import { notValidated, shown } from '../tokens/failures.ts';
import type { TokenFailure, VerifiedToken } from '../tokens/token.ts';

/** Tokens remembered at once, about 200 bytes each. */
const LIMIT = 500_000;
/** Expired ones are looked for when the memory has doubled since the last time, and not below this. */
const FIRST_SWEEP = 1024;

/**
 * The used tokens of this process, each remembered until it has expired. They are not stored: a
 * restart forgets them, and replicas do not share them.
 */
export class UsedTokens {
  readonly #issuers: ReadonlySet<string>;
  readonly #limit: number;
  /** Digest of issuer and `jti` → when the token can no longer be used, milliseconds since the epoch. */
  readonly #until = new Map<string, number>();
  #sweepAt = FIRST_SWEEP;

  /**
   * @param issuers without `https://`; tokens of all others may be used again
   * @param limit tokens remembered at once; one more is refused, since forgetting would let one in twice
   */
  constructor(issuers: readonly string[], limit: number = LIMIT) {
    this.#issuers = new Set(issuers);
    this.#limit = limit;
  }

  /** How many are remembered. */
  get size(): number {
    return this.#until.size;
  }

  /**
   * Uses the token, at once and for all: of two calls with the same token one succeeds.
   *
   * @param issuer without `https://`
   * @param now milliseconds since the epoch
   * @returns why it may not be used; undefined when it may, and from then on may not
   */
  use(issuer: string, token: VerifiedToken, now: number): TokenFailure | undefined {
    if (!this.#issuers.has(issuer)) return undefined;
    const jti = token.claims['jti'];
    if (typeof jti !== 'string' || jti === '') {
      return notValidated(`tokens of ${issuer} are accepted once, and this one has no jti to know it by`);
    }
    const digest = hash('sha256', JSON.stringify([issuer, jti]), 'base64');
    const until = this.#until.get(digest);
    if (until !== undefined && now < until) {
      return notValidated(`tokens of ${issuer} are accepted once, and jti ${shown(jti)} has been used`);
    }
    if (this.#until.size >= this.#sweepAt) this.#forgetExpired(now);
    if (this.#until.size >= this.#limit) {
      return notValidated(`tokens of ${issuer} are accepted once, and ${this.#limit} used ones are still good`);
    }
    this.#until.set(digest, (token.expiresAt + CLOCK_TOLERANCE) * 1000);
    return undefined;
  }

  #forgetExpired(now: number): void {
    for (const [digest, until] of this.#until) if (now >= until) this.#until.delete(digest);
    this.#sweepAt = Math.min(Math.max(FIRST_SWEEP, this.#until.size * 2), this.#limit);
  }
}
