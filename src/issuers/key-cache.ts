/**
 * The keys of every issuer in use, held no longer than they may be and fetched no more often than
 * they must be, whatever tokens arrive.
 */
import type { Clock } from '../base/clock.ts';
import { keyLifetime } from './cache-control.ts';
import type { KeyLifetimeBounds } from './cache-control.ts';
import type { FetchedKeys } from './fetch-keys.ts';
import { answerFor, heldKeys } from './held-keys.ts';
import type { HeldKeys } from './held-keys.ts';
import type { IssuerAnswer, IssuerKeys, RegisteredIssuer } from './issuer-keys.ts';

/** What bounds the cache. */
export interface KeyCacheBounds extends KeyLifetimeBounds {
  /** For how long keys that could not be refreshed are served beyond their life. */
  readonly staleSeconds: number;
  /** An unknown `kid` causes a fetch at most once in this time, an issuer. */
  readonly unknownKidSeconds: number;
  /** After a failure the issuer is left alone for this time. */
  readonly failureSeconds: number;
  /** Issuers remembered; the one unused for longest makes room. */
  readonly issuers: number;
  /** Fetches under way at once; one more is refused as unavailable. */
  readonly fetches: number;
}

/** The state of one issuer, for metrics and operators. Times in milliseconds since the epoch. */
export interface IssuerState {
  readonly url: string;
  /** `fresh`; `stale`: served beyond its life because the issuer is down; `none`: no keys to serve. */
  readonly keys: 'fresh' | 'stale' | 'none';
  readonly keyCount: number;
  readonly fetchedAt: number | undefined;
  readonly freshUntil: number | undefined;
  readonly staleUntil: number | undefined;
  /** The last attempt's failure; undefined when it succeeded. */
  readonly failure: { readonly why: string; readonly at: number } | undefined;
  readonly fetching: boolean;
  /** Attempts since the start, and how many of them failed. */
  readonly fetches: number;
  readonly failures: number;
}

interface Entry {
  readonly url: string;
  held: HeldKeys | undefined;
  failure: { readonly why: string; readonly at: number; readonly retryAt: number } | undefined;
  inFlight: Promise<void> | undefined;
  /** When an unknown kid last caused a fetch. */
  forcedAt: number;
  usedAt: number;
  fetches: number;
  failures: number;
}

/** The keys of {@link IssuerKeys} over any way to fetch. One event loop owns it: no two fetches of an issuer overlap. */
export class KeyCache implements Pick<IssuerKeys, 'keysOf'> {
  readonly #fetch: (url: string) => Promise<FetchedKeys>;
  readonly #clock: Clock;
  readonly #bounds: KeyCacheBounds;
  readonly #entries = new Map<string, Entry>();
  #underWay = 0;

  /** @param fetch issuer URL → keys; bounded in time by itself */
  constructor(fetch: (url: string) => Promise<FetchedKeys>, clock: Clock, bounds: KeyCacheBounds) {
    this.#fetch = fetch;
    this.#clock = clock;
    this.#bounds = bounds;
  }

  /** See {@link IssuerKeys}. Never rejects. */
  keysOf(issuer: RegisteredIssuer, kid: string | undefined): IssuerAnswer | Promise<IssuerAnswer> {
    const now = this.#clock.now();
    const entry = this.#entryOf(issuer.url, now);
    const { held } = entry;
    if (held !== undefined && now < held.freshUntil) {
      if (kid === undefined || held.keys.has(kid)) {
        if (now >= held.refreshAt && mayFetch(entry, now)) void this.#refresh(entry, now);
        return answerFor(held, issuer);
      }
      if (!this.#mayForce(entry, now)) return answerFor(held, issuer);
      entry.forcedAt = now;
      return this.#refresh(entry, now).then(() => this.#settled(entry, issuer));
    }
    if (!mayFetch(entry, now)) return this.#settled(entry, issuer);
    const refreshed = this.#refresh(entry, now);
    // A down issuer is asked again beside the answer, not before it.
    if (entry.failure !== undefined && held !== undefined && now < held.staleUntil) return answerFor(held, issuer);
    return refreshed.then(() => {
      // This fetch has shown the kid to be unknown: a forced one now would bring nothing else.
      if (kid !== undefined && entry.held?.keys.has(kid) === false) entry.forcedAt = Math.max(entry.forcedAt, now);
      return this.#settled(entry, issuer);
    });
  }

  /** The issuers remembered, in the order they were first asked for. */
  snapshot(): readonly IssuerState[] {
    const now = this.#clock.now();
    return [...this.#entries.values()].map((entry) => ({
      url: entry.url,
      keys: stateOf(entry.held, now),
      keyCount: entry.held?.keys.size ?? 0,
      fetchedAt: entry.held?.fetchedAt,
      freshUntil: entry.held?.freshUntil,
      staleUntil: entry.held?.staleUntil,
      failure: entry.failure && { why: entry.failure.why, at: entry.failure.at },
      fetching: entry.inFlight !== undefined,
      fetches: entry.fetches,
      failures: entry.failures,
    }));
  }

  /** What there is to say once there is nothing to wait for. */
  #settled(entry: Entry, issuer: RegisteredIssuer): IssuerAnswer {
    const now = this.#clock.now();
    const { held, failure } = entry;
    if (held === undefined || now >= held.staleUntil) {
      return { kind: 'unavailable', why: failure?.why ?? `no keys of ${issuer.url} were fetched` };
    }
    return answerFor(held, issuer);
  }

  #mayForce(entry: Entry, now: number): boolean {
    return entry.inFlight !== undefined || now - entry.forcedAt >= this.#bounds.unknownKidSeconds * 1000;
  }

  /** Joins the fetch under way or starts one; resolves when the entry says what came of it. */
  #refresh(entry: Entry, now: number): Promise<void> {
    if (entry.inFlight !== undefined) return entry.inFlight;
    if (this.#underWay >= this.#bounds.fetches) {
      entry.failure ??= {
        why: `${this.#bounds.fetches} fetches of other issuers are under way`,
        at: now,
        retryAt: now,
      };
      return Promise.resolve();
    }
    this.#underWay++;
    entry.fetches++;
    entry.inFlight = this.#fetch(entry.url)
      .catch((error: unknown): FetchedKeys => ({ kind: 'failure', why: `fetching failed: ${String(error)}` }))
      .then((fetched) => {
        this.#underWay--;
        entry.inFlight = undefined;
        this.#take(entry, fetched);
      });
    return entry.inFlight;
  }

  #take(entry: Entry, fetched: FetchedKeys): void {
    const now = this.#clock.now();
    const outcome = lostTrust(entry.held, fetched, now) ?? fetched;
    if (outcome.kind === 'failure') {
      entry.failures++;
      entry.failure = { why: outcome.why, at: now, retryAt: now + this.#bounds.failureSeconds * 1000 };
      return;
    }
    const lifetime = keyLifetime(outcome.cacheControl, outcome.age, this.#bounds);
    entry.failure = undefined;
    entry.held = heldKeys(outcome, now, lifetime, this.#bounds.staleSeconds);
  }

  #entryOf(url: string, now: number): Entry {
    const known = this.#entries.get(url);
    if (known !== undefined) {
      known.usedAt = now;
      return known;
    }
    if (this.#entries.size >= this.#bounds.issuers) this.#forgetOne();
    const entry: Entry = {
      url,
      held: undefined,
      failure: undefined,
      inFlight: undefined,
      forcedAt: -Infinity,
      usedAt: now,
      fetches: 0,
      failures: 0,
    };
    this.#entries.set(url, entry);
    return entry;
  }

  #forgetOne(): void {
    let oldest: Entry | undefined;
    for (const entry of this.#entries.values())
      if (oldest === undefined || entry.usedAt < oldest.usedAt) oldest = entry;
    if (oldest !== undefined) this.#entries.delete(oldest.url);
  }
}

function mayFetch(entry: Entry, now: number): boolean {
  return entry.failure === undefined || now >= entry.failure.retryAt;
}

function stateOf(held: HeldKeys | undefined, now: number): IssuerState['keys'] {
  if (held === undefined || now >= held.staleUntil) return 'none';
  return now < held.freshUntil ? 'fresh' : 'stale';
}

/**
 * Who sits between us and the issuer must not be able to replace keys that came over a trusted
 * chain with a self-made one's: until the old keys are stale to the end, such an answer is a failure.
 */
function lostTrust(held: HeldKeys | undefined, fetched: FetchedKeys, now: number): FetchedKeys | undefined {
  const wasTrusted = held !== undefined && held.untrusted.length === 0 && now < held.staleUntil;
  if (!wasTrusted || fetched.kind === 'failure' || fetched.untrusted.length === 0) return undefined;
  return { kind: 'failure', why: 'the certificate chain of the issuer no longer ends in a trusted root' };
}
