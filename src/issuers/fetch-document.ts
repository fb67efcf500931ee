/**
 * One JSON document of an issuer over https, with everything bounded: time, size, redirects, and
 * where it may come from.
 */
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { TLSSocket } from 'node:tls';
import type { SecureContext } from 'node:tls';
import type { AddressGuard } from './address-guard.ts';
import { checkedAddresses, pinnedLookup } from './checked-addresses.ts';
import type { Resolve } from './checked-addresses.ts';
import { serverTrust } from './thumbprint.ts';
import type { ServerTrust } from './thumbprint.ts';

/** How issuers are reached. */
export interface Reach {
  readonly guard: AddressGuard;
  readonly resolve: Resolve;
  /** The trusted roots, when they are not Node's own. */
  readonly secureContext: SecureContext | undefined;
  /** The port to connect to; the URL's own when undefined. Tests have issuers of real names on ports that they may bind. */
  readonly portOf?: ((url: URL) => number) | undefined;
}

/** A server that took part in a fetch, its certificate checked as far as {@link ServerTrust} says. */
export type IdentifiedServer = Extract<ServerTrust, { readonly kind: 'identified' }>;

/** The parsed document, or a sentence for the operator saying why there is none. */
export type FetchedDocument =
  | {
      readonly kind: 'document';
      readonly value: unknown;
      /** The `Cache-Control` field as sent; empty when absent. */
      readonly cacheControl: string;
      /** The `Age` field in seconds; 0 when absent. */
      readonly age: number;
      /** Every server that was asked, redirects first; the last one gave the document. */
      readonly servers: readonly [...IdentifiedServer[], IdentifiedServer];
    }
  | { readonly kind: 'failure'; readonly why: string };

const BODY_LIMIT = 1024 * 1024;
const REDIRECT_LIMIT = 5;
const URL_LIMIT = 2048;
const REDIRECTS: ReadonlySet<number | undefined> = new Set([301, 302, 303, 307, 308]);

/**
 * Fetches `url`.
 *
 * The servers need not be trusted: whether each of them is stands in the answer, and the caller
 * decides for each registered provider.
 *
 * @param signal ends the whole fetch, redirects included
 */
export async function fetchDocument(url: string, reach: Reach, signal: AbortSignal): Promise<FetchedDocument> {
  const before: IdentifiedServer[] = [];
  let next = url;
  try {
    for (let redirects = 0; redirects <= REDIRECT_LIMIT; redirects++) {
      const hop = await fetchOnce(next, reach, signal);
      if (hop.kind === 'failure') return hop;
      if (hop.kind === 'document') return { ...hop, servers: [...before, hop.server] };
      before.push(hop.server);
      next = hop.location;
    }
    return { kind: 'failure', why: `${url} redirects more than ${REDIRECT_LIMIT} times` };
  } catch (error) {
    const said = signal.aborted ? signal.reason : error;
    return { kind: 'failure', why: `${next}: ${said instanceof Error ? said.message : String(said)}` };
  }
}

type Hop =
  | {
      readonly kind: 'document';
      readonly value: unknown;
      readonly cacheControl: string;
      readonly age: number;
      readonly server: IdentifiedServer;
    }
  | { readonly kind: 'redirect'; readonly location: string; readonly server: IdentifiedServer }
  | { readonly kind: 'failure'; readonly why: string };

async function fetchOnce(text: string, reach: Reach, signal: AbortSignal): Promise<Hop> {
  const url = text.length <= URL_LIMIT ? URL.parse(text) : null;
  if (url === null) return { kind: 'failure', why: 'the URL of a document cannot be read or is too long' };
  if (url.protocol !== 'https:') return { kind: 'failure', why: `${text} is not https` };
  if (url.username !== '' || url.password !== '') return { kind: 'failure', why: 'the URL of a document holds a user' };
  const checked = await checkedAddresses(url, reach.guard, reach.resolve, signal);
  if (checked.kind === 'refused') return { kind: 'failure', why: checked.why };
  const response = await get(url, checked.addresses, reach, signal);
  try {
    return await readHop(url, response);
  } finally {
    response.destroy();
  }
}

function get(
  url: URL,
  addresses: readonly [string, ...string[]],
  reach: Reach,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  request(url, {
    // No agent: a connection of its own, whose handshake is whole, so that the chain is there to be judged.
    agent: false,
    lookup: pinnedLookup(addresses),
    // The chain is judged in `serverTrust`, where a thumbprint may stand in for a root.
    rejectUnauthorized: false,
    ...(reach.secureContext && { secureContext: reach.secureContext }),
    ...(reach.portOf && { port: reach.portOf(url) }),
    headers: {
      host: url.host,
      accept: 'application/json',
      'accept-encoding': 'identity',
      'user-agent': 'sojourn',
    },
    signal,
  })
    .on('response', resolve)
    .on('error', reject)
    // An answer that is no response (101) ends the connection without an error.
    .on('close', () => reject(new Error('the connection ended without an answer')))
    .end();
  return promise;
}

async function readHop(url: URL, response: IncomingMessage): Promise<Hop> {
  const { socket, statusCode, headers } = response;
  if (!(socket instanceof TLSSocket)) return { kind: 'failure', why: `${url.href} was not answered over TLS` };
  // TLS goes by the machine's clock, and so do the certificates' times.
  const server = serverTrust(socket, url.hostname.replace(/^\[(.*)\]$/, '$1'), Date.now());
  if (server.kind === 'failure') return server;
  if (REDIRECTS.has(statusCode)) {
    const location = headers.location === undefined ? null : URL.parse(headers.location, url);
    if (location === null) return { kind: 'failure', why: `${url.href} redirects to nowhere` };
    return { kind: 'redirect', location: location.href, server };
  }
  if (statusCode !== 200) return { kind: 'failure', why: `${url.href} answered ${statusCode}` };
  if (!['', 'identity'].includes((headers['content-encoding'] ?? '').trim().toLowerCase())) {
    return { kind: 'failure', why: `${url.href} answered compressed, which was not asked for` };
  }
  const body = await readBody(response);
  if (body === undefined) return { kind: 'failure', why: `${url.href} answered more than ${BODY_LIMIT} bytes` };
  const json = parseJson(body);
  if (json === undefined) return { kind: 'failure', why: `${url.href} is not JSON in UTF-8` };
  const age = Number(headers.age ?? 0);
  return {
    kind: 'document',
    value: json.value,
    cacheControl: headers['cache-control'] ?? '',
    age: Number.isSafeInteger(age) && age > 0 ? age : 0,
    server,
  };
}

async function readBody(response: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(response.headers['content-length']) > BODY_LIMIT) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  const arriving: AsyncIterable<unknown> = response;
  for await (const chunk of arriving) {
    if (!(chunk instanceof Uint8Array)) continue;
    size += chunk.byteLength;
    if (size > BODY_LIMIT) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parseJson(body: Buffer): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) };
  } catch {
    return undefined;
  }
}
