/** A signature in the query: a presigned URL. */
import { hash } from 'node:crypto';
import { readCredential, readSignedHeaders } from './components.ts';
import type { Component, SignatureFault } from './fault.ts';
import { ALGORITHM } from './parsed-signature.ts';
import type { ParsedSignature } from './parsed-signature.ts';
import { percentDecode } from './percent-encoding.ts';
import { singleHeader } from './signed-request.ts';
import type { SignedRequest } from './signed-request.ts';
import { formatBasicTime, parseBasicTime } from './timestamp.ts';

/** Query parameter → the component it carries. `X-Amz-Expires` is only S3's to require. */
const COMPONENTS: readonly (readonly [string, Component])[] = [
  ['X-Amz-Algorithm', 'Algorithm'],
  ['X-Amz-Credential', 'Credential'],
  ['X-Amz-Signature', 'Signature'],
  ['X-Amz-Date', 'Date'],
  ['X-Amz-SignedHeaders', 'SignedHeaders'],
];

/** The parameters of authentication in a query, decoded; undefined where one is repeated, since nobody can say which counts. */
export function authenticationParameters(rawQuery: string): ReadonlyMap<string, string | undefined> {
  const found = new Map<string, string | undefined>();
  if (rawQuery === '') return found;
  for (const piece of rawQuery.split('&')) {
    const cut = piece.indexOf('=');
    const name = percentDecode(cut < 0 ? piece : piece.slice(0, cut));
    if (!name.startsWith('X-Amz-') && name !== 'AWSAccessKeyId' && name !== 'Signature') continue;
    found.set(name, found.has(name) ? undefined : cut < 0 ? '' : percentDecode(piece.slice(cut + 1)));
  }
  return found;
}

/** Takes a presigned URL apart. */
export function parseAuthorizationQuery(
  parameters: ReadonlyMap<string, string | undefined>,
  request: SignedRequest,
): ParsedSignature | SignatureFault {
  const place = 'query';
  const missing = COMPONENTS.filter(([name]) => !parameters.has(name)).map(([, component]) => component);
  if (missing.length > 0) {
    return { kind: 'missingComponents', place, missing, digest: hash('sha256', request.rawQuery, 'base64') };
  }
  const repeated = COMPONENTS.find(([name]) => parameters.get(name) === undefined);
  if (repeated !== undefined) return { kind: 'malformedComponent', place, component: repeated[1] };
  if (parameters.get('X-Amz-Algorithm') !== ALGORITHM) return { kind: 'unsupportedMechanism', place };
  const scoped = readCredential(parameters.get('X-Amz-Credential') ?? '', place);
  if (scoped.kind !== 'credential') return scoped;
  const date = parameters.get('X-Amz-Date') ?? '';
  const time = parseBasicTime(date);
  if (time === undefined) return { kind: 'malformedDate', place, date };
  const names = readSignedHeaders(parameters.get('X-Amz-SignedHeaders') ?? '', place);
  if (names.kind !== 'names') return names;
  return {
    kind: 'signature',
    place,
    accessKeyId: scoped.accessKeyId,
    scope: scoped.scope,
    signedHeaders: names.names,
    signature: parameters.get('X-Amz-Signature') ?? '',
    time,
    timestamp: formatBasicTime(time),
    expires: parameters.get('X-Amz-Expires'),
    sessionToken: parameters.get('X-Amz-Security-Token') ?? singleHeader(request.headers, 'x-amz-security-token'),
  };
}
