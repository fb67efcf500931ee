/**
 * Presigners of the SDKs move `x-amz-*` headers into the query, where the signature covers them; S3
 * then heeds them as the headers they were.
 */
import { ServiceError } from '../base/service-error.ts';
import type { Incoming } from './incoming.ts';

/**
 * Not taken over: a presigner signs before it knows the body, so the checksum it moves is that of an
 * empty one. The session token belongs to the signature.
 */
const NOT_HEEDED = /^x-amz-(?:checksum-|sdk-checksum-algorithm$|security-token$|user-agent$)/;

/** The request with the moved headers back in place; a header that was really sent wins. */
export function withHoistedHeaders(incoming: Incoming): Incoming {
  const { http } = incoming;
  if (!http.query.has('X-Amz-Signature')) return incoming;
  const moved: Record<string, string> = {};
  for (const [name, value] of http.query) {
    if (name.startsWith('x-amz-') && !NOT_HEEDED.test(name)) moved[name] = value;
  }
  return { ...incoming, http: { ...http, headers: { ...moved, ...http.headers } } };
}

/**
 * Parameters whose values stand in a head sooner or later, `response-content-type` and the moved
 * headers, must be values of header fields (RFC 9110 section 5.5): a line break would begin another field.
 *
 * @throws ServiceError InvalidArgument
 */
export function checkFieldValues(query: ReadonlyMap<string, string>): void {
  for (const [name, value] of query) {
    if (!name.startsWith('response-') && !name.startsWith('x-amz-')) continue;
    if (/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) continue;
    throw new ServiceError('InvalidArgument', 400, 'Header value cannot be represented using ISO-8859-1.', {
      details: { ArgumentName: name },
    });
  }
}
