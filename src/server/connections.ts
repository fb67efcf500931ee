/** What one connection may do: bounds on time and bytes, the answer to what is no HTTP, the rest of a refused body. */
import type { IncomingMessage, Server, ServerOptions, ServerResponse } from 'node:http';
import { finished, type Duplex } from 'node:stream';

/** Milliseconds. */
export interface ConnectionTimes {
  /** In which a request's head must have come whole. */
  readonly head: number;
  /** Without a byte in either direction while a request is under way; then the connection is cut. */
  readonly idle: number;
  /** That a kept-alive connection waits for the next request. */
  readonly keepAlive: number;
  /** That a client may go on sending a body that was refused. */
  readonly discard: number;
}

/** Keep-alive is longer than the 60 s of usual load balancers, so that they are the ones to close. */
export const CONNECTION_TIMES: ConnectionTimes = { head: 20_000, idle: 60_000, keepAlive: 65_000, discard: 10_000 };

/** Bytes of a request's head, target included (reference aws-federation 1.1: about 15.8 kB of query pass). */
const HEAD_LIMIT = 32_768;
/** Bytes of a refused body that are still taken. */
const DISCARD_LIMIT = 1 << 30;

/** For `createServer`. There is no limit on a whole request's time: an upload may take hours while bytes come. */
export function serverLimits(times: ConnectionTimes): ServerOptions {
  return {
    maxHeaderSize: HEAD_LIMIT,
    headersTimeout: times.head,
    // Node looks at the clocks of heads at this interval only.
    connectionsCheckingInterval: Math.ceil(times.head / 4),
    keepAliveTimeout: times.keepAlive,
    requestTimeout: 0,
  };
}

/**
 * Answers bytes that are no HTTP request, and heads over the limit, with 400 and no body (reference
 * aws-federation 1.1); there is no call to record then. Cuts connections on which nothing moves.
 *
 * @param latest the response to the newest request of each connection
 */
export function guardConnections(
  server: Server,
  times: ConnectionTimes,
  latest: WeakMap<Duplex, ServerResponse>,
): void {
  server.setTimeout(times.idle);
  server.on('clientError', (error, socket) => {
    const response = latest.get(socket);
    const isAnswering = response !== undefined && response.headersSent && !response.writableFinished;
    if (isAnswering || !socket.writable || ('code' in error && error.code === 'ECONNRESET')) {
      socket.destroy();
      return;
    }
    const status =
      'code' in error && error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request';
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
  });
}

/**
 * Takes what the client still sends of a refused body, and resolves when it is done or has had its
 * time: closing at once would reset the connection and take the refusal off the wire with it.
 */
export function discarded(message: IncomingMessage, limit: number): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, limit);
    let taken = 0;
    message.on('data', (bytes: Buffer) => {
      taken += bytes.length;
      if (taken > DISCARD_LIMIT) resolve();
    });
    finished(message, { writable: false }, () => {
      clearTimeout(late);
      resolve();
    });
    message.resume();
  });
}
