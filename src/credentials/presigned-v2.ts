/**
 * Presigned URLs of Signature Version 2: `AWSAccessKeyId`, `Expires` and `Signature` in the query.
 *
 * `aws s3 presign` of the aws CLI version 1 and boto3 by default still make them, and S3 still takes
 * them (Amazon S3 Developer Guide, "Query String Request Authentication Alternative"). HMAC-SHA1 is
 * not broken as a MAC; only URLs are accepted this way, never the header, and for S3 alone.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Buffer } from 'node:buffer';
import type { SignatureFault } from './signature-v4/fault.ts';
import { percentDecode } from './signature-v4/percent-encoding.ts';
import { headerValues, type SignedRequest } from './signature-v4/signed-request.ts';

export interface PresignedV2 {
  readonly kind: 'presignedV2';
  readonly accessKeyId: string;
  /** As sent; compared in constant time only. */
  readonly signature: string;
  /** Seconds since the epoch after which the URL is worth nothing. */
  readonly expiresAt: number;
  readonly sessionToken: string | undefined;
}

/** Seconds: as for Version 4, no URL lives longer than seven days from now. */
const MAX_LIFE = 604_800;
/** Sub-resources and overrides that are part of what is signed; other parameters are not. */
const SIGNED_PARAMETERS: ReadonlySet<string> = new Set([
  'accelerate',
  'acl',
  'cors',
  'defaultObjectAcl',
  'delete',
  'lifecycle',
  'location',
  'logging',
  'notification',
  'object-lock',
  'partNumber',
  'policy',
  'replication',
  'requestPayment',
  'response-cache-control',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-content-type',
  'response-expires',
  'restore',
  'tagging',
  'torrent',
  'uploadId',
  'uploads',
  'versionId',
  'versioning',
  'versions',
  'website',
]);

/**
 * The signature in the query; undefined when there is none of this kind.
 *
 * @param now milliseconds since the epoch
 */
export function parsePresignedV2(request: SignedRequest, now: number): PresignedV2 | SignatureFault | undefined {
  const query = parameters(request.rawQuery);
  const accessKeyId = query.get('AWSAccessKeyId');
  const signature = query.get('Signature');
  if (accessKeyId === undefined || signature === undefined) return undefined;
  if (headerValues(request.headers, 'authorization').length > 0) return { kind: 'twoMechanisms' };
  const expires = query.get('Expires') ?? '';
  if (!/^[0-9]{1,12}$/.test(expires)) return { kind: 'expires', problem: expires === '' ? 'missing' : 'notANumber' };
  const expiresAt = Number(expires);
  const life = expiresAt - Math.floor(now / 1000);
  if (life > MAX_LIFE) return { kind: 'expires', problem: 'tooLarge' };
  if (life < 0) return { kind: 'presignedExpired', expires: expiresAt, expiresAt: expiresAt * 1000, now };
  return { kind: 'presignedV2', accessKeyId, signature, expiresAt, sessionToken: query.get('x-amz-security-token') };
}

/**
 * Whether the signature holds; undefined when it does.
 *
 * @param bucketOfHost the bucket when the host named it: it then stands before the path
 */
export function verifyPresignedV2(
  parsed: PresignedV2,
  request: SignedRequest,
  secret: string,
  bucketOfHost: string | undefined,
): SignatureFault | undefined {
  const stringToSign = makeStringToSign(parsed, request, bucketOfHost);
  const expected = createHmac('sha1', secret).update(stringToSign, 'latin1').digest('base64');
  const ours = Buffer.from(expected, 'latin1');
  const theirs = Buffer.from(parsed.signature, 'latin1');
  if (ours.length === theirs.length && timingSafeEqual(ours, theirs)) return undefined;
  const { accessKeyId, signature } = parsed;
  return { kind: 'mismatch', accessKeyId, stringToSign, canonicalRequest: '', signature };
}

function makeStringToSign(parsed: PresignedV2, request: SignedRequest, bucketOfHost: string | undefined): string {
  const query = parameters(request.rawQuery);
  const standard = (name: string): string => headerValues(request.headers, name)[0]?.trim() ?? query.get(name) ?? '';
  const lines = [request.method, standard('content-md5'), standard('content-type'), String(parsed.expiresAt)];
  return [...lines, ...amzHeaders(request, query), resource(request, query, bucketOfHost)].join('\n');
}

/** `x-amz-*` of header and query alike, sorted: in a URL the parameters stand for headers. */
function amzHeaders(request: SignedRequest, query: ReadonlyMap<string, string>): readonly string[] {
  const fields = new Map<string, string>();
  for (const [name, value] of query) if (name.startsWith('x-amz-')) fields.set(name, value);
  for (const name of Object.keys(request.headers)) {
    if (name.startsWith('x-amz-')) {
      fields.set(
        name,
        headerValues(request.headers, name)
          .map((value) => value.trim())
          .join(','),
      );
    }
  }
  return [...fields.keys()].sort().map((name) => `${name}:${fields.get(name) ?? ''}`);
}

function resource(
  request: SignedRequest,
  query: ReadonlyMap<string, string>,
  bucketOfHost: string | undefined,
): string {
  const path = bucketOfHost === undefined ? request.rawPath : `/${bucketOfHost}${request.rawPath}`;
  const bare = new Set(request.rawQuery.split('&').filter((pair) => !pair.includes('=')));
  const signed = [...query.keys()]
    .filter((name) => SIGNED_PARAMETERS.has(name))
    .sort()
    .map((name) => (bare.has(name) ? name : `${name}=${query.get(name) ?? ''}`));
  return signed.length === 0 ? path : `${path}?${signed.join('&')}`;
}

/** Decoded, one byte a character; of a repeated parameter the first. */
function parameters(rawQuery: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const pair of rawQuery.split('&')) {
    const equals = pair.indexOf('=');
    const name = percentDecode(equals < 0 ? pair : pair.slice(0, equals));
    if (!found.has(name)) found.set(name, equals < 0 ? '' : percentDecode(pair.slice(equals + 1)));
  }
  return found;
}
