/** From an issuer's URL to its keys: discovery, then the key set, under one time limit. */
import { importKeySet } from '../tokens/key-set.ts';
import type { KeySet } from '../tokens/key-set.ts';
import { discover } from './discovery.ts';
import { fetchDocument } from './fetch-document.ts';
import type { Reach } from './fetch-document.ts';

/** An issuer's keys as they came, or a sentence for the operator saying why they did not. */
export type FetchedKeys =
  | {
      readonly kind: 'keys';
      readonly keys: KeySet;
      /** `Cache-Control` of the key set, empty when unsaid, and its `Age` in seconds. */
      readonly cacheControl: string;
      readonly age: number;
      /**
       * For every server on the way whose chain ends in no trusted root: the thumbprints of which
       * one must be registered. Until then the keys are anybody's word.
       */
      readonly untrusted: readonly (readonly string[])[];
      /** Of the host that served the key set: what IAM would store for the provider. */
      readonly thumbprint: string;
    }
  | { readonly kind: 'failure'; readonly why: string };

/**
 * Fetches the keys of `issuer`.
 *
 * @param issuer with `https://`, as registered
 * @param timeoutMilliseconds for both documents together
 */
export async function fetchKeys(issuer: string, reach: Reach, timeoutMilliseconds: number): Promise<FetchedKeys> {
  const limit = new AbortController();
  const late = new Error(`not answered within ${timeoutMilliseconds / 1000} s`);
  const timer = setTimeout(() => limit.abort(late), timeoutMilliseconds);
  try {
    return await followIssuer(issuer, reach, limit.signal);
  } finally {
    clearTimeout(timer);
  }
}

async function followIssuer(issuer: string, reach: Reach, signal: AbortSignal): Promise<FetchedKeys> {
  const discovered = await discover(issuer, reach, signal);
  if (discovered.kind === 'failure') return discovered;
  const fetched = await fetchDocument(discovered.jwksUri, reach, signal);
  if (fetched.kind === 'failure') return fetched;
  const keys = importKeySet(fetched.value);
  // An empty set is a fault of the issuer, never its wish: it must not replace keys that work.
  if (keys === undefined || keys.size === 0) {
    return { kind: 'failure', why: `${discovered.jwksUri} is not a key set, or has no key with a kid` };
  }
  const servers = [...discovered.servers, ...fetched.servers];
  return {
    kind: 'keys',
    keys,
    cacheControl: fetched.cacheControl,
    age: fetched.age,
    untrusted: servers.filter(({ trusted }) => !trusted).map(({ accepted }) => accepted),
    thumbprint: servers.at(-1)?.thumbprint ?? '',
  };
}
