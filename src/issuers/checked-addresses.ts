/**
 * A host's addresses, resolved once, checked, and the only ones that the connection may use. A
 * second resolution could answer otherwise (DNS rebinding), so there is none.
 */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import type { AddressGuard } from './address-guard.ts';

/** Host name → addresses; rejects when the name does not resolve. */
export type Resolve = (host: string) => Promise<readonly string[]>;

/** Addresses that passed the guard, or why the host may not be reached. */
export type CheckedAddresses =
  | { readonly kind: 'addresses'; readonly addresses: readonly [string, ...string[]] }
  | { readonly kind: 'refused'; readonly why: string };

/** More addresses than this are not tried: the time limit would not let us. */
const ADDRESS_LIMIT = 16;

/** The system's resolver, `/etc/hosts` included. */
export const systemResolve: Resolve = async (host) =>
  (await lookup(host, { all: true, order: 'verbatim' })).map(({ address }) => address);

/**
 * The addresses of `url`'s host; refused when one of them is, so that a name with a public and a
 * private address gives no choice to the attacker.
 *
 * An IP literal must be checked here: Node calls no lookup hook for it.
 *
 * @throws whatever `resolve` rejects with, or the reason of `signal`
 */
export async function checkedAddresses(
  url: URL,
  guard: AddressGuard,
  resolve: Resolve,
  signal: AbortSignal,
): Promise<CheckedAddresses> {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const found = isIP(host) > 0 ? [host] : await unlessAborted(resolve(host), signal);
  const [first, ...others] = found.slice(0, ADDRESS_LIMIT);
  if (first === undefined) return { kind: 'refused', why: `${host} has no address` };
  for (const address of found) {
    const why = guard.refusal(address);
    if (why !== undefined) {
      return {
        kind: 'refused',
        why: `${host} is at ${address}, which is refused (${why}) unless the operator allows it`,
      };
    }
  }
  return { kind: 'addresses', addresses: [first, ...others] };
}

/** A lookup hook that answers with these addresses and asks nobody. */
export function pinnedLookup(addresses: readonly [string, ...string[]]): LookupFunction {
  const answers = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, options, callback) => {
    if (options.all === true) callback(null, answers);
    else callback(null, addresses[0], isIP(addresses[0]));
  };
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
