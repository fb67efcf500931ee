/** What `x-amz-content-sha256` says about a body: how it is framed and what guards it. */

/** How the bytes of a body come, and what they are verified by. */
export type PayloadMode =
  /** As they are, unguarded: `UNSIGNED-PAYLOAD`, or no header at all. */
  | { readonly kind: 'unsigned' }
  /** As they are; `sha256` (lower-case hexadecimal) must be theirs. */
  | { readonly kind: 'hashed'; readonly sha256: string }
  /** In chunks of their own (aws-chunked), each signed or none, with trailing headers or not. */
  | { readonly kind: 'chunked'; readonly signed: boolean; readonly trailer: boolean };

/** The mode that a header value names; undefined for a value that S3 does not know. */
export function payloadMode(contentSha256: string | undefined): PayloadMode | undefined {
  switch (contentSha256) {
    case undefined:
    case 'UNSIGNED-PAYLOAD':
      return { kind: 'unsigned' };
    case 'STREAMING-UNSIGNED-PAYLOAD-TRAILER':
      return { kind: 'chunked', signed: false, trailer: true };
    case 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD':
      return { kind: 'chunked', signed: true, trailer: false };
    case 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER':
      return { kind: 'chunked', signed: true, trailer: true };
    default:
      return /^[0-9a-f]{64}$/i.test(contentSha256)
        ? { kind: 'hashed', sha256: contentSha256.toLowerCase() }
        : undefined;
  }
}
