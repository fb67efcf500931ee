/** An HTTP request as Node gives it, read once into values. */
import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import type { HttpFacts } from '../federation/request-facts.ts';
import type { Body } from '../wire/body.ts';

/** A request on its way to a service. */
export interface Incoming {
  readonly http: HttpFacts & { readonly trailers: Map<string, string> };
  /** Path as sent, undecoded, without the query. */
  readonly rawPath: string;
  /** Query as sent, without `?`. */
  readonly rawQuery: string;
  /** Header names and values as received, for the signature. */
  readonly headerList: readonly (readonly [string, string])[];
  readonly host: string;
  /** Of a target in absolute form; undefined of others. */
  readonly authority: string | undefined;
  readonly body: Body;
  /** The whole body, or `tooLarge` as soon as it has more than `limit` bytes. Instead of {@link body}, not beside it. */
  readonly wholeBody: (limit: number) => Promise<Buffer | 'tooLarge'>;
}

/**
 * Reads the head of `message`; the body stays a stream.
 *
 * @param wanted called each time that somebody starts to read the body
 */
export function readIncoming(message: IncomingMessage, wanted: () => void): Incoming {
  const { target, authority } = originForm(message.url ?? '/');
  const mark = target.indexOf('?');
  const rawPath = mark < 0 ? target : target.slice(0, mark);
  const rawQuery = mark < 0 ? '' : target.slice(mark + 1);
  const headerList: (readonly [string, string])[] = [];
  const headers: Record<string, string> = Object.create(null);
  for (let i = 0; i + 1 < message.rawHeaders.length; i += 2) {
    const name = (message.rawHeaders[i] ?? '').toLowerCase();
    const value = message.rawHeaders[i + 1] ?? '';
    headerList.push([name, value]);
    const before = headers[name];
    headers[name] = before === undefined ? value : `${before}, ${value}`;
  }
  return {
    http: {
      method: message.method ?? 'GET',
      headers,
      query: firstParameters(rawQuery),
      sourceIp: plainAddress(message.socket.remoteAddress ?? ''),
      secure: message.socket instanceof TLSSocket,
      trailers: new Map(),
    },
    rawPath,
    rawQuery,
    headerList,
    host: headers['host'] ?? '',
    authority,
    body: unreadSurvives(message, wanted),
    wholeBody: (limit) => {
      wanted();
      return wholeBody(message, limit);
    },
  };
}

/** Path and query, and authority, of an absolute target, which every server must take (RFC 9112 section 3.2.2). */
function originForm(target: string): { readonly target: string; readonly authority: string | undefined } {
  if (target.startsWith('/')) return { target, authority: undefined };
  const origin = /^https?:\/\/[^/?#]*/i.exec(target)?.[0];
  if (origin === undefined) return { target, authority: undefined };
  const rest = target.slice(origin.length);
  return {
    target: rest.startsWith('/') ? rest : `/${rest}`,
    authority: origin.slice(origin.indexOf('//') + '//'.length),
  };
}

/**
 * Whether the request says in one way which host it is for. The host names the bucket and is signed, so
 * there can be only one, and an absolute target must name the same (RFC 9112 sections 3.2 and 3.2.2).
 */
export function hasOneHost({ headerList, host, authority }: Incoming): boolean {
  if (headerList.filter(([name]) => name === 'host').length > 1) return false;
  return authority === undefined || authority.toLowerCase() === host.toLowerCase();
}

function firstParameters(rawQuery: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  if (rawQuery === '') return parameters;
  // With a `?` before it: of a query that begins with another one, that belongs to the first name, as it does for signatures.
  for (const [name, value] of new URLSearchParams(`?${rawQuery}`)) {
    if (!parameters.has(name)) parameters.set(name, value);
  }
  return parameters;
}

/** `::ffff:127.0.0.1` is an IPv4 client on a dual-stack socket: policies know it as 127.0.0.1. */
function plainAddress(address: string): string {
  return address.startsWith('::ffff:') ? address.slice(7) : address;
}

/** Header values by name, not joined: the form that signatures are computed over. */
export function distinctHeaders(incoming: Incoming): Readonly<Record<string, readonly string[]>> {
  const fields: Record<string, string[]> = Object.create(null);
  for (const [name, value] of incoming.headerList) (fields[name] ??= []).push(value);
  return fields;
}

/** The body; a reader that stops early leaves the socket open, so that its refusal can still be sent. */
function unreadSurvives(message: IncomingMessage, wanted: () => void): Body {
  return {
    [Symbol.asyncIterator]: () => {
      wanted();
      return message.iterator({ destroyOnReturn: false })[Symbol.asyncIterator]();
    },
  };
}

/** Whether `error` is what reading a body throws when the client goes away in the middle of it. */
export function isAborted(error: unknown): boolean {
  return error instanceof Error && error.message === 'aborted' && 'code' in error && error.code === 'ECONNRESET';
}

/** By events: for the small forms of STS an iterator costs more than everything else about reading them. */
function wholeBody(message: IncomingMessage, limit: number): Promise<Buffer | 'tooLarge'> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const onData = (chunk: Buffer): void => {
      length += chunk.length;
      if (length > limit) {
        message.off('data', onData);
        message.pause();
        resolve('tooLarge');
      } else {
        chunks.push(chunk);
      }
    };
    message.on('data', onData);
    message.once('end', () =>
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)),
    );
    message.once('error', reject);
  });
}
