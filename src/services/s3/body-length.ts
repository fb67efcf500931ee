/** How long a body says it is, and how long it may be. */
import type { ServiceError } from '../../base/service-error.ts';
import type { Body } from '../../wire/body.ts';
import type { HttpFacts } from '../operation.ts';
import { s3Error } from './errors.ts';

/** The most that one PUT or one part may hold: 5 GiB (S3 User Guide, "Multipart upload limits"). */
export const LARGEST_PUT = 5 * 1024 ** 3;

/**
 * Holds the stated length of a body to the limit; the length of a chunked body is that of its content.
 *
 * @throws ServiceError MissingContentLength, EntityTooLarge
 */
export function checkStatedLength(contentLength: number | undefined, http: HttpFacts): void {
  const decoded = http.headers['x-amz-decoded-content-length'];
  const length = decoded === undefined ? contentLength : Number(decoded);
  if (length === undefined) {
    throw s3Error('MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
  if (length > LARGEST_PUT) throw tooLarge(length);
}

/** The body, or none: a request without one stores an object of no bytes. */
export async function* bodyOrNothing(body: Body | undefined): AsyncGenerator<Uint8Array> {
  if (body !== undefined) yield* body;
}

function tooLarge(size: number): ServiceError {
  return s3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', {
    details: { ProposedSize: String(size), MaxSizeAllowed: String(LARGEST_PUT) },
  });
}
