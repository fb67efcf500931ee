/** An answer on its way out, and the one place that writes it to the socket. */
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Body } from '../wire/body.ts';

export interface Reply {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | Body | undefined;
}

/**
 * Writes `reply`; a streamed body is pulled at the client's pace. When the stream fails midway the
 * connection is cut, so that the client cannot take a torn object for a whole one.
 */
export async function writeReply(reply: Reply, response: ServerResponse, head: boolean): Promise<void> {
  response.statusCode = reply.status;
  for (const [name, value] of reply.headers) response.setHeader(name, value);
  if (head || reply.body === undefined) {
    if (!head && !response.hasHeader('content-length') && reply.status !== 204 && reply.status !== 304) {
      response.setHeader('content-length', '0');
    }
    response.end();
    return;
  }
  if (typeof reply.body === 'string') {
    // As text, head and body leave in one write.
    response.setHeader('content-length', String(Buffer.byteLength(reply.body)));
    response.end(reply.body);
    return;
  }
  await pipeline(Readable.from(reply.body, { objectMode: false, highWaterMark: 1 << 18 }), response);
}
