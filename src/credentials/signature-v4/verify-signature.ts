/** The last step: the signature itself, by computing it again. */
import { hash, timingSafeEqual } from 'node:crypto';
import { Buffer } from 'node:buffer';
import { authenticationParameters } from './authorization-query.ts';
import { canonicalRequest } from './canonical-request.ts';
import type { SignatureFault } from './fault.ts';
import { ALGORITHM, printScope } from './parsed-signature.ts';
import type { ParsedSignature } from './parsed-signature.ts';
import { headerValues } from './signed-request.ts';
import type { SignedRequest } from './signed-request.ts';
import { hmac } from './signing-key.ts';
import type { SigningKeyCache } from './signing-key.ts';

/** A signature that holds, with what the chunks of a streamed body are verified by. */
export interface Verified {
  readonly kind: 'verified';
  readonly signingKey: Buffer;
  /** `date/region/service/aws4_request` */
  readonly scope: string;
  /** `YYYYMMDDTHHMMSSZ` */
  readonly timestamp: string;
  /** Of the request: the seed of the chunk signatures. */
  readonly signature: string;
}

/** S3's words that may stand in `x-amz-content-sha256` in place of a hash. */
const PAYLOAD_WORDS: ReadonlySet<string> = new Set([
  'UNSIGNED-PAYLOAD',
  'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
]);

/**
 * Whether `parsed` is the signature of `request` by `secret`. Call it after `checkScope`: the rules
 * of the scope's service are applied.
 *
 * @throws TypeError for a service other than S3 when `request.payloadHash` is missing: the caller's mistake,
 * which would leave the body unsigned
 */
export function verifySignature(
  parsed: ParsedSignature,
  request: SignedRequest,
  secret: string,
  cache: SigningKeyCache,
): Verified | SignatureFault {
  const { service } = parsed.scope;
  const payload = service === 's3' ? s3Payload(parsed, request) : bodyPayload(request);
  if (payload.kind !== 'payload') return payload;
  const unsigned = service === 's3' ? unsignedAmzHeaders(parsed, request) : [];
  if (unsigned.length > 0) return { kind: 'headersNotSigned', headers: unsigned };
  const leaveOut = parsed.place === 'query' ? 'X-Amz-Signature' : undefined;
  const canonical = canonicalRequest(request, parsed.signedHeaders, service, payload.text, leaveOut);
  const scope = printScope(parsed.scope);
  const stringToSign = makeStringToSign(parsed.timestamp, scope, canonical);
  const signingKey = cache.get(parsed.accessKeyId, secret, parsed.scope);
  const expected = hmac(signingKey, stringToSign).toString('hex');
  if (!equalInConstantTime(expected, parsed.signature)) {
    const { accessKeyId, signature } = parsed;
    return { kind: 'mismatch', accessKeyId, stringToSign, canonicalRequest: canonical, signature };
  }
  return { kind: 'verified', signingKey, scope, timestamp: parsed.timestamp, signature: parsed.signature };
}

/** Algorithm, time, scope and the hash of the canonical request, on lines of their own. */
export function makeStringToSign(timestamp: string, scope: string, canonical: string): string {
  return `${ALGORITHM}\n${timestamp}\n${scope}\n${hash('sha256', Buffer.from(canonical, 'latin1'), 'hex')}`;
}

/** Compares two signatures without telling by time where they differ; `expected` is our own. */
export function equalInConstantTime(expected: string, received: string): boolean {
  const ours = Buffer.from(expected, 'latin1');
  const theirs = Buffer.from(received, 'latin1');
  return ours.length === theirs.length && timingSafeEqual(ours, theirs);
}

/** What stands for the body in the canonical request. */
interface Payload {
  readonly kind: 'payload';
  readonly text: string;
}

function bodyPayload({ payloadHash }: SignedRequest): Payload {
  if (payloadHash === undefined) throw new TypeError('the hash of the body is needed to verify this signature');
  return { kind: 'payload', text: payloadHash };
}

/** What an S3 client signed in place of the body. Presigned URLs that say nothing mean `UNSIGNED-PAYLOAD`. */
function s3Payload(parsed: ParsedSignature, request: SignedRequest): Payload | SignatureFault {
  const inHeader = headerValues(request.headers, 'x-amz-content-sha256');
  const inQuery =
    parsed.place === 'query' ? authenticationParameters(request.rawQuery).get('X-Amz-Content-Sha256') : undefined;
  const text = inHeader.length > 0 ? inHeader.join(', ') : inQuery;
  if (text === undefined) {
    return parsed.place === 'query' ? { kind: 'payload', text: 'UNSIGNED-PAYLOAD' } : { kind: 'payloadHashMissing' };
  }
  if (!PAYLOAD_WORDS.has(text) && !/^[0-9a-f]{64}$/i.test(text)) return { kind: 'payloadHashInvalid', value: text };
  return { kind: 'payload', text };
}

/** Whoever holds a presigned URL must not add ACLs, encryption or metadata to it. */
function unsignedAmzHeaders(parsed: ParsedSignature, request: SignedRequest): readonly string[] {
  return Object.keys(request.headers).filter(
    (name) => name.startsWith('x-amz-') && !parsed.signedHeaders.includes(name) && !boundOtherwise(name, parsed),
  );
}

/** The time and the payload's hash are signed through the string to sign and the canonical request themselves. */
function boundOtherwise(name: string, parsed: ParsedSignature): boolean {
  return parsed.place === 'header' && (name === 'x-amz-date' || name === 'x-amz-content-sha256');
}
