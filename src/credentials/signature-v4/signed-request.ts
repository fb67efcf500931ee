/** The part of an HTTP request that a signature covers. */

/** Names lower-cased, values in the order they came and not joined: what Node calls `headersDistinct`. */
export type HeaderFields = Readonly<Record<string, readonly string[] | undefined>>;

/**
 * A request as it came over the wire. Texts hold one byte a character (Node's `latin1` reading of
 * the head), so that the canonical request is made of the very bytes that the client sent.
 */
export interface SignedRequest {
  readonly method: string;
  /** The path as sent, percent-encoding untouched; without the query. */
  readonly rawPath: string;
  /** The query as sent, without the `?`; empty when there is none. */
  readonly rawQuery: string;
  readonly headers: HeaderFields;
  /**
   * Lower-case hexadecimal SHA-256 of the body that was received, for every service but S3. Undefined
   * for S3, where `x-amz-content-sha256` says what was signed and the body is checked as it streams.
   */
  readonly payloadHash: string | undefined;
}

/** The values of a header, empty when it is not there. */
export function headerValues(headers: HeaderFields, name: string): readonly string[] {
  return Object.hasOwn(headers, name) ? (headers[name] ?? []) : [];
}

/** The value of a header that must not be repeated; undefined when it is missing or repeated. */
export function singleHeader(headers: HeaderFields, name: string): string | undefined {
  const values = headerValues(headers, name);
  return values.length === 1 ? values[0] : undefined;
}
