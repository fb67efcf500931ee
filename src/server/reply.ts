/** An answer on its way out, and the one place that writes it to the socket. */
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Body } from '../wire/body.ts';

/** Status, headers in order, and a body that is whole, streamed or none. */
export interface Reply {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | Body | undefined;
}

/**
 * Writes `reply`; a streamed body is pulled at the client's pace. When the stream fails midway the
 * connection is cut, so that the client cannot take a torn object for a whole one.
 *
 * @param rest awaited when all is written and before the response ends, which may close the connection
 */
export async function writeReply(
  reply: Reply,
  response: ServerResponse,
  head: boolean,
  rest: (() => Promise<void>) | undefined,
): Promise<void> {
  response.statusCode = reply.status;
  for (const [name, value] of reply.headers) response.setHeader(name, value);
  if (!head && typeof reply.body === 'object') {
    await pipeline(Readable.from(reply.body, { objectMode: false, highWaterMark: 1 << 18 }), response);
    return;
  }
  const content = head || typeof reply.body !== 'string' ? '' : reply.body;
  const isBodiless = head || reply.status === 204 || reply.status === 304;
  if (!isBodiless && (content !== '' || !response.hasHeader('content-length'))) {
    response.setHeader('content-length', String(Buffer.byteLength(content)));
  }
  if (rest === undefined) {
    // As text, head and body leave in one write.
    response.end(content);
    return;
  }
  if (content === '') response.flushHeaders();
  else response.write(content);
  await rest();
  response.end();
}
