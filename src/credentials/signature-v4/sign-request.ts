/** The client's side: signing a request in its header or its query. Used by our own commands. */
import { canonicalRequest } from './canonical-request.ts';
import { ALGORITHM, TERMINATOR, printScope } from './parsed-signature.ts';
import type { CredentialScope } from './parsed-signature.ts';
import { percentEncode } from './percent-encoding.ts';
import type { SignedRequest } from './signed-request.ts';
import { deriveSigningKey, hmac } from './signing-key.ts';
import { formatBasicTime } from './timestamp.ts';
import { makeStringToSign } from './verify-signature.ts';

export interface SigningCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export interface SigningOptions {
  readonly service: string;
  readonly region: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Headers that proxies and connections change on the way. */
const NOT_SIGNED: ReadonlySet<string> = new Set([
  'authorization',
  'connection',
  'expect',
  'user-agent',
  'x-amzn-trace-id',
]);

/**
 * The headers to add to `request` so that it is signed: `x-amz-date`, `x-amz-security-token` when
 * there is one, `x-amz-content-sha256` for S3, and `authorization`. All headers that are there get
 * signed; `host` must be among them.
 *
 * @param request its `payloadHash` is the hash of the body, or one of S3's words such as `UNSIGNED-PAYLOAD`
 */
export function signRequest(
  request: SignedRequest & { readonly payloadHash: string },
  credentials: SigningCredentials,
  options: SigningOptions,
): Readonly<Record<string, string>> {
  const timestamp = formatBasicTime(options.now);
  const scope = scopeAt(timestamp, options);
  const added: Record<string, string> = { 'x-amz-date': timestamp };
  if (credentials.sessionToken !== undefined) added['x-amz-security-token'] = credentials.sessionToken;
  if (options.service === 's3') added['x-amz-content-sha256'] = request.payloadHash;
  const headers = { ...request.headers, ...Object.fromEntries(Object.entries(added).map(([k, v]) => [k, [v]])) };
  const names = Object.keys(headers)
    .filter((name) => !NOT_SIGNED.has(name))
    .sort();
  const canonical = canonicalRequest({ ...request, headers }, names, options.service, request.payloadHash);
  const signature = sign(credentials, scope, makeStringToSign(timestamp, printScope(scope), canonical));
  const credential = `${credentials.accessKeyId}/${printScope(scope)}`;
  added['authorization'] =
    `${ALGORITHM} Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return added;
}

/**
 * The query of a presigned URL: what `request` has, the parameters of authentication, and the signature
 * as the last.
 *
 * @param expires seconds that it holds; S3 accepts seven days at most
 * @param request its `payloadHash` is usually `UNSIGNED-PAYLOAD` for S3, the empty body's hash elsewhere
 */
export function presignRequest(
  request: SignedRequest & { readonly payloadHash: string },
  credentials: SigningCredentials,
  options: SigningOptions & { readonly expires: number },
): string {
  const timestamp = formatBasicTime(options.now);
  const scope = scopeAt(timestamp, options);
  const names = Object.keys(request.headers)
    .filter((name) => !NOT_SIGNED.has(name))
    .sort();
  const parameters: [string, string][] = [
    ['X-Amz-Algorithm', ALGORITHM],
    ['X-Amz-Credential', `${credentials.accessKeyId}/${printScope(scope)}`],
    ['X-Amz-Date', timestamp],
    ['X-Amz-Expires', String(options.expires)],
    ['X-Amz-SignedHeaders', names.join(';')],
  ];
  if (credentials.sessionToken !== undefined) parameters.push(['X-Amz-Security-Token', credentials.sessionToken]);
  const added = parameters.map(([name, value]) => `${name}=${percentEncode(value)}`).join('&');
  const rawQuery = request.rawQuery === '' ? added : `${request.rawQuery}&${added}`;
  const canonical = canonicalRequest({ ...request, rawQuery }, names, options.service, request.payloadHash);
  const signature = sign(credentials, scope, makeStringToSign(timestamp, printScope(scope), canonical));
  return `${rawQuery}&X-Amz-Signature=${signature}`;
}

function scopeAt(timestamp: string, { region, service }: SigningOptions): CredentialScope {
  return { date: timestamp.slice(0, 8), region, service, terminator: TERMINATOR };
}

function sign({ secretAccessKey }: SigningCredentials, scope: CredentialScope, stringToSign: string): string {
  return hmac(deriveSigningKey(secretAccessKey, scope), stringToSign).toString('hex');
}
