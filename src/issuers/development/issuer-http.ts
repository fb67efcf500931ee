/** What the development issuer is asked and answers, as values: whoever listens brings the bytes. */

/** A request, its body read whole. */
export interface IssuerRequest {
  readonly method: string;
  /** Below the issuer's mount: `/github/.well-known/jwks`. */
  readonly path: string;
  /** As sent, without `?`. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
  /** Whether it came over TLS. */
  readonly secure: boolean;
}

/** The answer. */
export interface IssuerReply {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** An answer in JSON. */
export function reply(status: number, value: unknown, ...headers: (readonly [string, string])[]): IssuerReply {
  return { status, headers: [['content-type', 'application/json'], ...headers], body: JSON.stringify(value) };
}

/** A refusal, with the sentence where the clients of the runner's protocol look for it. */
export function refusal(status: number, message: string): IssuerReply {
  return reply(status, { message });
}

/** The refusal of any other method; undefined when it is this one. */
export function only(method: 'GET' | 'POST', request: IssuerRequest): IssuerReply | undefined {
  if (request.method === method || (method === 'GET' && request.method === 'HEAD')) return undefined;
  return methods([method]);
}

/** The refusal of a method that is none of these. */
export function methods(allowed: readonly string[]): IssuerReply {
  const { status, headers, body } = refusal(405, `Only ${allowed.join(' and ')} is answered here.`);
  return { status, headers: [...headers, ['allow', allowed.join(', ')]], body };
}

/** A header's value; empty when it is absent or came twice. */
export function headerOf(request: IssuerRequest, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}

/** `http://127.0.0.1:4566`, under the name that the client used; undefined when it names no host. */
export function originOf(request: IssuerRequest): URL | undefined {
  const origin = `${request.secure ? 'https' : 'http'}://${headerOf(request, 'host')}`;
  const url = URL.parse(origin);
  return url !== null && url.origin === origin.toLowerCase() ? url : undefined;
}

/**
 * The refusal of a change that a page in the developer's browser could have asked for: it reaches
 * loopback too. It cannot send JSON unasked, and a name of its own that it makes resolve to loopback
 * is not among ours.
 *
 * @param hosts names, without port, that count as loopback's
 */
export function notFromHere(request: IssuerRequest, hosts: readonly string[]): IssuerReply | undefined {
  if (!/^application\/json\s*(;|$)/i.test(headerOf(request, 'content-type'))) {
    return refusal(415, 'Only application/json is taken here.');
  }
  return hostRefusal(request, hosts);
}

/** The refusal of a request under a name that is not loopback's. */
export function hostRefusal(request: IssuerRequest, hosts: readonly string[]): IssuerReply | undefined {
  const host = originOf(request)?.hostname ?? '';
  return [...LOOPBACK, ...hosts].includes(host)
    ? undefined
    : refusal(403, 'This is answered under a loopback name only.');
}
