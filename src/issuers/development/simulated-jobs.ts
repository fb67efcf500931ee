/** The jobs that may ask the runner's endpoint for tokens: each has a bearer of its own, as on a runner. */
import { createHash, randomBytes } from 'node:crypto';
import type { MintOptions } from '../../idp/profile.ts';
import type { Fault } from './job-request.ts';

/** An open job. */
export interface SimulatedJob {
  readonly provider: string;
  readonly options: MintOptions;
  /** What the next requests are answered with, instead of a token. */
  readonly faults: Fault[];
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** A hosted runner's job ends after six hours. Milliseconds. */
const LIFETIME = 6 * 3_600_000;
/** Jobs open at once. */
const JOB_LIMIT = 1000;

/** The open jobs. Bearers are kept as digests: who reads this memory can ask for nothing. */
export class SimulatedJobs {
  readonly #byDigest = new Map<string, SimulatedJob>();

  /**
   * Opens a job.
   *
   * @param now milliseconds since the epoch
   * @returns its bearer, 256 random bits; undefined when too many jobs are open
   */
  open(provider: string, options: MintOptions, faults: readonly Fault[], now: number): string | undefined {
    if (this.#byDigest.size >= JOB_LIMIT) this.#endExpired(now);
    if (this.#byDigest.size >= JOB_LIMIT) return undefined;
    const bearer = randomBytes(32).toString('base64url');
    this.#byDigest.set(digestOf(bearer), { provider, options, faults: [...faults], expiresAt: now + LIFETIME });
    return bearer;
  }

  /** The provider's job of this bearer, while it runs. The look-up is by digest: its time says nothing of a bearer. */
  find(provider: string, bearer: string, now: number): SimulatedJob | undefined {
    const job = this.#byDigest.get(digestOf(bearer));
    return job !== undefined && job.provider === provider && now < job.expiresAt ? job : undefined;
  }

  #endExpired(now: number): void {
    for (const [digest, job] of this.#byDigest) if (now >= job.expiresAt) this.#byDigest.delete(digest);
  }
}

function digestOf(bearer: string): string {
  return createHash('sha256').update(bearer).digest('base64');
}
