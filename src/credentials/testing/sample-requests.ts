/** Requests to sign, break and check, for the tests of this folder. */
import { hash } from 'node:crypto';
import { checkScope } from '../signature-v4/check-scope.ts';
import type { AuthenticationFault, FaultWording } from '../signature-v4/fault.ts';
import { parseSignature } from '../signature-v4/parse-signature.ts';
import { presignRequest, signRequest } from '../signature-v4/sign-request.ts';
import type { SignedRequest } from '../signature-v4/signed-request.ts';
import { makeSigningKeyCache } from '../signature-v4/signing-key.ts';
import { verifySignature } from '../signature-v4/verify-signature.ts';

/** The instant of every test: 2026-09-11T11:48:26Z. */
export const NOW = Date.UTC(2026, 8, 11, 11, 48, 26);
export const EMPTY = hash('sha256', '', 'hex');
export const KEY = { accessKeyId: 'AKIAQWERTYUIOPASDFGH', secretAccessKey: 'a secret', sessionToken: undefined };
const cache = makeSigningKeyCache(10);

/** A request made from another. */
export type Change = (request: SignedRequest) => SignedRequest;

function base(service: string): SignedRequest & { readonly payloadHash: string } {
  const headers = { host: [`${service}.test`], 'user-agent': ['a test'] };
  return { method: 'GET', rawPath: '/a%20key', rawQuery: 'list-type=2', headers, payloadHash: EMPTY };
}

/** Signed in the header. */
export function inHeader(
  service: string,
  { sessionToken }: { readonly sessionToken?: string | undefined } = {},
  now = NOW,
  payloadHash = EMPTY,
): SignedRequest {
  const request = { ...base(service), payloadHash };
  const added = signRequest(request, { ...KEY, sessionToken }, { service, region: 'us-east-1', now });
  const headers = Object.fromEntries(Object.entries(added).map(([name, value]) => [name, [value]]));
  return { ...request, headers: { ...request.headers, ...headers } };
}

/** Presigned. */
export function inQuery(
  service: string,
  { sessionToken, expires = 600 }: { readonly sessionToken?: string | undefined; readonly expires?: number } = {},
  now = NOW,
): SignedRequest {
  const request = { ...base(service), payloadHash: service === 's3' ? 'UNSIGNED-PAYLOAD' : EMPTY };
  const options = { service, region: 'us-east-1', now, expires };
  return { ...request, rawQuery: presignRequest(request, { ...KEY, sessionToken }, options) };
}

/** All steps in order, as a caller takes them. */
export function outcome(request: SignedRequest, service: string): AuthenticationFault | { readonly kind: 'verified' } {
  const parsed = parseSignature(request);
  if (parsed.kind !== 'signature') return parsed;
  return (
    checkScope(parsed, { service, region: 'us-east-1', now: NOW }) ??
    verifySignature(parsed, request, KEY.secretAccessKey, cache)
  );
}

/** With other `Authorization` headers. */
export function header(change: (value: string) => readonly string[]): Change {
  return (request) => ({
    ...request,
    headers: { ...request.headers, authorization: change(request.headers['authorization']?.[0] ?? '') },
  });
}

/** With another value of one component of the `Authorization` header. */
export function component(name: string, value: string): Change {
  return header((text) => [
    text.replace(name === 'Signature' ? /Signature=[^,]*$/ : `${name}=${part(text, name)}`, `${name}=${value}`),
  ]);
}

function part(text: string, name: string): string {
  return text.split(`${name}=`)[1]?.split(',')[0] ?? '';
}

/** With a header set. */
export function set(name: string, value: string): Change {
  return (request) => ({ ...request, headers: { ...request.headers, [name]: [value] } });
}

/** With a header taken out. */
export function without(name: string): Change {
  return (request) => ({
    ...request,
    headers: Object.fromEntries(Object.entries(request.headers).filter(([key]) => key !== name)),
  });
}

/** Replaces a query parameter, or takes it out. */
export function query(name: string, value?: string): Change {
  return (request) => {
    const kept = request.rawQuery.split('&').filter((each) => !each.startsWith(`${name}=`));
    return { ...request, rawQuery: [...kept, ...(value === undefined ? [] : [`${name}=${value}`])].join('&') };
  };
}
/** `Code status message` */
export function line({ code, status, message }: FaultWording): string {
  return `${code} ${status} ${message}`;
}
