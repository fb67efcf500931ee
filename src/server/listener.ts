/** The one listener: HTTP or TLS in, each request to its service, every answer written, drained on stop. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ServerParts } from './attempt.ts';
import { CONNECTION_TIMES, discarded, guardConnections, serverLimits, type ConnectionTimes } from './connections.ts';
import { hasOneHost, readIncoming, type Incoming } from './incoming.ts';
import { outboundIssuerPages } from './outbound-issuer-pages.ts';
import { json, statusPages, type OwnPage } from './own-pages.ts';
import { answerJson } from './json-dispatch.ts';
import { answerQuery } from './query-dispatch.ts';
import { writeReply, type Reply } from './reply.ts';
import { restAnswerer, type RestAnswerer } from './rest-dispatch.ts';
import { routeOf, type ServiceName } from './route.ts';
import { CLOUDTRAIL, IAM, ORGANIZATIONS, S3, STS } from '../services/service.ts';

/** Milliseconds that calls in flight are given when the server stops. */
const DRAIN_TIMEOUT = 25_000;

/** Where STS and IAM send who asks them for nothing. */
const PRODUCT_PAGE = 'https://aws.amazon.com/iam';

/** Where to listen, and how. */
export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | undefined;
  /** Further pages under `/_sojourn/` (the development issuer). */
  readonly pages: readonly OwnPage[];
  readonly times?: ConnectionTimes;
}

/** A listener that takes calls. */
export interface RunningServer {
  /** `http://127.0.0.1:4566` */
  readonly url: string;
  /** Takes no new connections, waits for calls in flight, then closes. */
  readonly drain: () => Promise<void>;
}

/** Listens and answers when the port is bound. Rejects when it cannot be. */
export async function listen(parts: ServerParts, options: ListenOptions): Promise<RunningServer> {
  let draining = false;
  const pages = [
    statusPages(parts.metrics, async () => !draining),
    outboundIssuerPages(parts.sojourn),
    ...options.pages,
  ];
  const answerS3 = restAnswerer(S3, parts);
  const times = options.times ?? CONNECTION_TIMES;
  const latest = new WeakMap<Duplex, ServerResponse>();
  const take = (message: IncomingMessage, response: ServerResponse, wanted: () => void): void => {
    latest.set(message.socket, response);
    const incoming = readIncoming(message, wanted);
    if (!hasOneHost(incoming)) {
      response.writeHead(400, { connection: 'close', 'content-length': 0 }).end();
      return;
    }
    const exchange = {
      message,
      response,
      discardTime: times.discard,
      isDraining: () => draining,
      report: parts.report,
    };
    void serve(exchange, () => answer(incoming, parts, pages, answerS3));
  };
  const onRequest = (message: IncomingMessage, response: ServerResponse): void => take(message, response, notAsked);
  const limits = serverLimits(times);
  const server: Server =
    options.tls === undefined
      ? createServer(limits, onRequest)
      : createTlsServer({ ...limits, ...options.tls, minVersion: 'TLSv1.2' }, onRequest);
  guardConnections(server, times, latest);
  // A client that waits for 100 gets it when the handler wants the body, and a refusal before it has sent a byte.
  server.on('checkContinue', (message, response) => take(message, response, () => response.writeContinue()));
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

/** A request and its response, with what the listener knows of their connection. */
interface Exchange {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  /** Milliseconds. */
  readonly discardTime: number;
  readonly isDraining: () => boolean;
  readonly report: ServerParts['report'];
}

async function serve(exchange: Exchange, answer: () => Promise<Reply>): Promise<void> {
  const { message, response, discardTime, isDraining, report } = exchange;
  try {
    const reply = await answer();
    const unread = !message.complete;
    // A body that nobody read (a refused upload) would be taken for the next request's head.
    const isLast = unread || isDraining();
    if (isLast) response.setHeader('connection', 'close');
    const rest = unread ? () => discarded(message, discardTime) : undefined;
    await writeReply(reply, response, message.method === 'HEAD', rest);
    // Draining began while the body was sent: a connection kept alive now would hold up the end.
    if (!isLast && isDraining()) message.socket.destroySoon();
  } catch (error) {
    // The client went away, or a stored object broke off while it was sent: the answer cannot be mended.
    if (!response.destroyed && !isClientGone(error)) {
      report(`an answer broke off: ${error instanceof Error ? error.message : 'unknown'}`);
    }
    response.destroy();
  }
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
    case 'bare':
      return productPage();
    case 'service':
      return answerService(route.service, incoming, parts, answerS3);
  }
}

/** No call, so there is nothing to record. */
function productPage(): Reply {
  return {
    status: 302,
    headers: [
      ['x-amzn-RequestId', randomUUID()],
      ['location', PRODUCT_PAGE],
    ],
    body: undefined,
  };
}

function answerService(
  service: ServiceName,
  incoming: Incoming,
  parts: ServerParts,
  answerS3: RestAnswerer,
): Promise<Reply> {
  switch (service) {
    case 's3':
      return answerS3(incoming);
    case 'organizations':
      return answerJson(ORGANIZATIONS, incoming, parts);
    case 'cloudtrail':
      return answerJson(CLOUDTRAIL, incoming, parts);
    case 'iam':
      return answerQuery(IAM, incoming, parts);
    case 'sts':
      return answerQuery(STS, incoming, parts);
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

/** Of a request that did not ask whether to send its body. */
function notAsked(): void {}

function isClientGone(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'ECONNRESET' || error.code === 'EPIPE' || error.code === 'ERR_STREAM_PREMATURE_CLOSE')
  );
}
