/** The issuers of the world: {@link IssuerKeys} over https, guarded and cached. */
import { createSecureContext, getCACertificates } from 'node:tls';
import type { Clock } from '../base/clock.ts';
import { addressGuard } from './address-guard.ts';
import { KEY_LIFETIME_BOUNDS } from './cache-control.ts';
import { systemResolve } from './checked-addresses.ts';
import type { Resolve } from './checked-addresses.ts';
import type { Reach } from './fetch-document.ts';
import { fetchKeys } from './fetch-keys.ts';
import type { IssuerKeys } from './issuer-keys.ts';
import { KeyCache } from './key-cache.ts';
import type { IssuerState, KeyCacheBounds } from './key-cache.ts';

/** How this server reaches issuers. Everything but the clock has a default. */
export interface IssuerKeysOptions {
  readonly clock: Clock;
  /** Addresses and ranges (CIDR) beyond the public ones where issuers may live; none by default. */
  readonly allowedAddresses?: readonly string[];
  /** PEM certificates trusted beside Node's roots (which hold NODE_EXTRA_CA_CERTS already). */
  readonly ca?: readonly string[];
  /** The system's resolver by default. */
  readonly resolve?: Resolve;
  /** See {@link Reach}; the URL's own port by default. */
  readonly portOf?: (url: URL) => number;
  /** Both documents of an issuer together; 5,000 by default. */
  readonly timeoutMilliseconds?: number;
  /** Each bound not named stays as in {@link KEY_CACHE_BOUNDS}. */
  readonly bounds?: Partial<KeyCacheBounds>;
}

/** The bounds when the operator sets none. */
export const KEY_CACHE_BOUNDS: KeyCacheBounds = {
  ...KEY_LIFETIME_BOUNDS,
  staleSeconds: 3600,
  unknownKidSeconds: 30,
  failureSeconds: 10,
  issuers: 10_000,
  fetches: 64,
};

/** {@link IssuerKeys} and what only the network knows. */
export interface NetworkIssuerKeys extends IssuerKeys {
  /** The state of every issuer asked for so far. */
  snapshot(): readonly IssuerState[];
}

const TIMEOUT_MILLISECONDS = 5000;
/** One more is refused: whoever may create providers shall not hold this server's sockets. */
const THUMBPRINTS_AT_ONCE = 8;

/**
 * The issuers as one server reaches them.
 *
 * @throws TypeError when an allowed address is not a range; what `node:tls` throws when `ca` is not PEM
 */
export function issuerKeys(options: IssuerKeysOptions): NetworkIssuerKeys {
  const reach: Reach = {
    guard: addressGuard(options.allowedAddresses ?? []),
    resolve: options.resolve ?? systemResolve,
    portOf: options.portOf,
    secureContext:
      options.ca === undefined
        ? undefined
        : createSecureContext({ ca: [...getCACertificates('default'), ...options.ca] }),
  };
  const timeout = options.timeoutMilliseconds ?? TIMEOUT_MILLISECONDS;
  const fetch = (url: string) => fetchKeys(url, reach, timeout);
  let thumbprintsUnderWay = 0;
  const cache = new KeyCache(fetch, options.clock, { ...KEY_CACHE_BOUNDS, ...options.bounds });
  return {
    keysOf: (issuer, kid) => cache.keysOf(issuer, kid),
    snapshot: () => cache.snapshot(),
    async thumbprintOf(url) {
      if (thumbprintsUnderWay >= THUMBPRINTS_AT_ONCE) {
        return { kind: 'unavailable', why: `${THUMBPRINTS_AT_ONCE} thumbprints are being fetched` };
      }
      thumbprintsUnderWay++;
      try {
        const fetched = await fetch(url);
        if (fetched.kind === 'failure') return { kind: 'unavailable', why: fetched.why };
        return { kind: 'thumbprint', thumbprint: fetched.thumbprint };
      } finally {
        thumbprintsUnderWay--;
      }
    },
  };
}
