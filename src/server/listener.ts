/** The one listener: HTTP or TLS in, each request to its service, every answer written, drained on stop. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ServerParts } from './attempt.ts';
import { readIncoming, type Incoming } from './incoming.ts';
import { json, statusPages, type OwnPage } from './own-pages.ts';
import { answerQuery } from './query-dispatch.ts';
import { writeReply, type Reply } from './reply.ts';
import { restAnswerer, type RestAnswerer } from './rest-dispatch.ts';
import { routeOf } from './route.ts';
import { IAM, S3, STS } from '../services/service.ts';

/** Milliseconds. A request's head must come within the first; idle kept-alive connections end after the second. */
const HEAD_TIMEOUT = 20_000;
const KEEP_ALIVE = 65_000;
/** Milliseconds that calls in flight are given when the server stops. */
const DRAIN_TIMEOUT = 25_000;
/** Milliseconds that a client may go on sending a body that was refused. */
const DISCARD_TIMEOUT = 2_000;
/** Bytes of a request's head, target included (reference aws-federation 1.1: about 15.8 kB of query pass). */
const HEAD_LIMIT = 32_768;

export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | undefined;
  /** Further pages under `/_sojourn/` (the development issuer). */
  readonly pages: readonly OwnPage[];
}

export interface RunningServer {
  /** `http://127.0.0.1:4566` */
  readonly url: string;
  /** Takes no new connections, waits for calls in flight, then closes. */
  readonly drain: () => Promise<void>;
}

/** Listens and answers when the port is bound. Rejects when it cannot be. */
export async function listen(parts: ServerParts, options: ListenOptions): Promise<RunningServer> {
  let draining = false;
  const pages = [statusPages(parts.metrics, async () => !draining), ...options.pages];
  const answerS3 = restAnswerer(S3, parts);
  const onRequest = (message: IncomingMessage, response: ServerResponse): void => {
    if (draining) response.setHeader('connection', 'close');
    void serve(message, response, parts, (incoming) => answer(incoming, parts, pages, answerS3));
  };
  const limits = {
    maxHeaderSize: HEAD_LIMIT,
    headersTimeout: HEAD_TIMEOUT,
    keepAliveTimeout: KEEP_ALIVE,
    requestTimeout: 0,
  };
  const server: Server =
    options.tls === undefined
      ? createServer(limits, onRequest)
      : createTlsServer({ ...limits, ...options.tls, minVersion: 'TLSv1.2' }, onRequest);
  // Node answers 100-continue by itself unless told otherwise; the dispatcher asks for the body only when it wants it.
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    url: urlOf(server, options),
    drain: async () => {
      draining = true;
      await drained(server);
    },
  };
}

async function serve(
  message: IncomingMessage,
  response: ServerResponse,
  parts: ServerParts,
  answer: (incoming: Incoming) => Promise<Reply>,
): Promise<void> {
  try {
    const incoming = readIncoming(message);
    const reply = await answer(incoming);
    const unread = !message.complete;
    // A body that nobody read (a refused upload) would be taken for the next request's head.
    if (unread) response.setHeader('connection', 'close');
    await writeReply(reply, response, incoming.http.method === 'HEAD');
    if (unread) discard(message);
  } catch (error) {
    // The client went away, or a stored object broke off while it was sent: the answer cannot be mended.
    if (!response.destroyed && !isClientGone(error)) {
      parts.report(`an answer broke off: ${error instanceof Error ? error.message : 'unknown'}`);
    }
    response.destroy();
  }
}

/** Takes what the client still sends, for a while: closing at once would reset the answer off the wire. */
function discard(message: IncomingMessage): void {
  const late = setTimeout(() => message.destroy(), DISCARD_TIMEOUT);
  message.once('close', () => clearTimeout(late));
  message.resume();
}

async function answer(
  incoming: Incoming,
  parts: ServerParts,
  pages: readonly OwnPage[],
  answerS3: RestAnswerer,
): Promise<Reply> {
  const route = routeOf(incoming);
  switch (route.kind) {
    case 'own': {
      for (const page of pages) {
        const reply = await page(route.path, incoming);
        if (reply !== undefined) return reply;
      }
      return json(404, { message: `Sojourn has no page at /_sojourn${route.path}.` });
    }
    case 'service':
      if (route.service === 's3') return answerS3(incoming);
      return answerQuery(route.service === 'iam' ? IAM : STS, incoming, parts);
  }
}

function drained(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), DRAIN_TIMEOUT);
    server.close(() => {
      clearTimeout(late);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function urlOf(server: Server, options: ListenOptions): string {
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return `${options.tls === undefined ? 'http' : 'https'}://${host}:${port}`;
}

function isClientGone(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'ECONNRESET' || error.code === 'EPIPE' || error.code === 'ERR_STREAM_PREMATURE_CLOSE')
  );
}
