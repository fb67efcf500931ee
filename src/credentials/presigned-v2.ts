/**
 * Presigned URLs of Signature Version 2: `AWSAccessKeyId`, `Expires` and `Signature` in the query.
 *
 * `aws s3 presign` of the aws CLI version 1 and boto3 by default still make them, and S3 still takes
 * them (Amazon S3 Developer Guide, "Query String Request Authentication Alternative"). HMAC-SHA1 is
 * not broken as a MAC; only URLs are accepted this way, never the header, and for S3 alone.
 */
import { createHmac } from 'node:crypto';
import type { SignatureFault } from './signature-v4/fault.ts';
import { percentDecode } from './signature-v4/percent-encoding.ts';
import { headerValues, type SignedRequest } from './signature-v4/signed-request.ts';
import { equalInConstantTime } from './signature-v4/verify-signature.ts';

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
/**
 * Parameters that are part of what is signed: overrides, and every sub-resource that makes another
 * operation of a request, so that nobody turns a URL for one operation into a URL for another.
 */
const SIGNED_PARAMETERS: ReadonlySet<string> = new Set([
  'accelerate',
  'acl',
  'analytics',
  'attributes',
  'cors',
  'defaultObjectAcl',
  'delete',
  'encryption',
  'intelligent-tiering',
  'inventory',
  'legal-hold',
  'lifecycle',
  'location',
  'logging',
  'metadataTable',
  'metrics',
  'notification',
  'object-lock',
  'ownershipControls',
  'partNumber',
  'policy',
  'policyStatus',
  'publicAccessBlock',
  'renameObject',
  'replication',
  'requestPayment',
  'response-cache-control',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-content-type',
  'response-expires',
  'restore',
  'retention',
  'select',
  'select-type',
  'session',
  'storageClass',
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
  // Nothing of this signature covers parameters of Version 4, which other parts of a request go by.
  const hasVersion4 = [...query.keys()].some((name) => name.startsWith('X-Amz-'));
  if (hasVersion4 || headerValues(request.headers, 'authorization').length > 0) return { kind: 'twoMechanisms' };
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
  const [path, ...spellings] = signedPaths(request.rawPath, bucketOfHost);
  const stringToSign = makeStringToSign(parsed, request, path);
  if (isSignature(parsed.signature, stringToSign, secret)) return undefined;
  for (const spelling of spellings) {
    if (isSignature(parsed.signature, makeStringToSign(parsed, request, spelling), secret)) return undefined;
  }
  const { accessKeyId, signature } = parsed;
  return { kind: 'mismatch', accessKeyId, stringToSign, canonicalRequest: undefined, signature };
}

/** What the path may be signed as: of a bucket in the path, with and without the slash that boto3 adds to it. */
function signedPaths(rawPath: string, bucketOfHost: string | undefined): readonly [string, ...string[]] {
  if (bucketOfHost !== undefined) return [`/${bucketOfHost}${rawPath}`];
  return rawPath.length > 1 && rawPath.indexOf('/', 1) < 0 ? [rawPath, `${rawPath}/`] : [rawPath];
}

function isSignature(signature: string, stringToSign: string, secret: string): boolean {
  const ours = createHmac('sha1', secret).update(stringToSign, 'latin1').digest('base64');
  return equalInConstantTime(ours, signature);
}

function makeStringToSign(parsed: PresignedV2, request: SignedRequest, path: string): string {
  const query = parameters(request.rawQuery);
  const standard = (name: string): string => headerValues(request.headers, name)[0]?.trim() ?? query.get(name) ?? '';
  const lines = [request.method, standard('content-md5'), standard('content-type'), String(parsed.expiresAt)];
  return [...lines, ...amzHeaders(request, query), resource(request, query, path)].join('\n');
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

function resource(request: SignedRequest, query: ReadonlyMap<string, string>, path: string): string {
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
