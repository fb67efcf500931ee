/** A signature in the `Authorization` header: `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`. */
import { hash } from 'node:crypto';
import { readCredential, readSignedHeaders } from './components.ts';
import type { Component, SignatureFault } from './fault.ts';
import { ALGORITHM } from './parsed-signature.ts';
import type { ParsedSignature } from './parsed-signature.ts';
import { headerValues, singleHeader } from './signed-request.ts';
import type { SignedRequest } from './signed-request.ts';
import { formatBasicTime, parseBasicTime, parseHttpTime } from './timestamp.ts';

const COMPONENTS: readonly Component[] = ['Credential', 'Signature', 'SignedHeaders'];

/** Takes the header apart. `header` is its only value. */
export function parseAuthorizationHeader(header: string, request: SignedRequest): ParsedSignature | SignatureFault {
  const place = 'header';
  const rest = header.startsWith(ALGORITHM) ? header.slice(ALGORITHM.length) : undefined;
  if (rest === undefined || (rest !== '' && rest[0] !== ' ')) return { kind: 'unsupportedMechanism', place };
  const components = splitComponents(rest);
  if (!(components instanceof Map)) return components;
  const credential = components.get('Credential');
  const signedHeaders = components.get('SignedHeaders');
  const signature = components.get('Signature');
  if (credential === undefined || signedHeaders === undefined || signature === undefined) {
    const missing = COMPONENTS.filter((name) => !components.has(name));
    return { kind: 'missingComponents', place, missing, digest: hash('sha256', header, 'base64') };
  }
  const scoped = readCredential(credential, place);
  if (scoped.kind !== 'credential') return scoped;
  const names = readSignedHeaders(signedHeaders, place);
  if (names.kind !== 'names') return names;
  const time = requestTime(header, request);
  if (time.kind !== 'time') return time;
  return {
    kind: 'signature',
    place,
    accessKeyId: scoped.accessKeyId,
    scope: scoped.scope,
    signedHeaders: names.names,
    signature,
    time: time.time,
    timestamp: formatBasicTime(time.time),
    expires: undefined,
    sessionToken: singleHeader(request.headers, 'x-amz-security-token'),
  };
}

function splitComponents(text: string): Map<string, string> | SignatureFault {
  const components = new Map<string, string>();
  for (const piece of text.split(',')) {
    const part = piece.trim();
    if (part === '') continue;
    const cut = part.indexOf('=');
    const name = part.slice(0, cut);
    if (cut < 0 || components.has(name)) {
      return {
        kind: 'malformedComponent',
        place: 'header',
        component: COMPONENTS.find((c) => c === name) ?? 'unknown',
      };
    }
    components.set(name, part.slice(cut + 1));
  }
  return components;
}

/** `x-amz-date` in basic form; without it `date`, which may also be an HTTP date. */
function requestTime(
  header: string,
  { headers }: SignedRequest,
): { readonly kind: 'time'; readonly time: number } | SignatureFault {
  const own = headerValues(headers, 'x-amz-date');
  const text = own.length > 0 ? own.join(',') : headerValues(headers, 'date').join(',');
  if (text === '') return { kind: 'missingDate', digest: hash('sha256', header, 'base64') };
  const time = parseBasicTime(text) ?? (own.length > 0 ? undefined : parseHttpTime(text));
  return time === undefined ? { kind: 'malformedDate', place: 'header', date: text } : { kind: 'time', time };
}
