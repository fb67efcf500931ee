/** The body of an S3 request as its handler reads it: unwrapped, and guarded by everything that the client signed. */
import { ServiceError } from '../base/service-error.ts';
import type { ChunkSignatures } from '../federation/authenticate.ts';
import type { Body } from '../wire/body.ts';
import { exactLength, expectSha256 } from '../wire/checksums-body.ts';
import { decodeChunked } from '../wire/chunked.ts';
import { payloadMode } from '../wire/chunked-mode.ts';
import type { Incoming } from './incoming.ts';

/** Most bytes of one request's body: S3's limit for a single put. */
const MAX_BODY = 5 * 1024 ** 3;

/**
 * The decoded bytes; reading them throws a ServiceError when a length, hash or signature does not
 * hold, and the handler must then keep nothing. Trailing headers land in `incoming.http.trailers`.
 *
 * @param chunks of the request's signature; undefined for anonymous requests
 */
export function s3Body(incoming: Incoming, chunks: ChunkSignatures | undefined): Body {
  const { headers, query, trailers } = incoming.http;
  const declared = headers['x-amz-content-sha256'] ?? query.get('X-Amz-Content-Sha256');
  const mode = payloadMode(declared);
  if (mode === undefined) {
    throw invalid(
      'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.',
    );
  }
  const sent = lengthOf(headers['content-length'], 'content-length');
  if (mode.kind !== 'chunked') {
    const whole = sent === undefined ? incoming.body : exactLength(incoming.body, sent);
    return mode.kind === 'hashed' ? expectSha256(whole, mode.sha256) : whole;
  }
  if (mode.signed && chunks === undefined) throw invalid('A body of signed chunks needs a signed request.');
  const decodedLength = lengthOf(headers['x-amz-decoded-content-length'], 'x-amz-decoded-content-length');
  if (decodedLength === undefined) {
    throw new ServiceError('MissingContentLength', 411, 'You must provide the Content-Length HTTP header.');
  }
  const announced = (headers['x-amz-trailer'] ?? '').split(',').flatMap((name) => name.trim().toLowerCase() || []);
  return decodeChunked(incoming.body, {
    decodedLength,
    verifier: mode.signed ? chunks : undefined,
    announced: mode.trailer ? announced : undefined,
    trailers,
  });
}

function lengthOf(text: string | undefined, header: string): number | undefined {
  if (text === undefined) return undefined;
  const length = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(length)) throw invalid(`The value of ${header} is not a length.`);
  if (length > MAX_BODY + MAX_BODY / 4) {
    throw new ServiceError('EntityTooLarge', 400, 'Your proposed upload exceeds the maximum allowed size');
  }
  return length;
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidRequest', 400, message);
}
