/** The canonical request: the one form that client and server both hash. */
import { percentEncode, normalizeEncoding } from './percent-encoding.ts';
import type { HeaderFields, SignedRequest } from './signed-request.ts';
import { headerValues } from './signed-request.ts';

/**
 * Method, path, query, headers, names of the headers, payload hash; six parts on lines of their own.
 *
 * @param service of the credential scope: S3 has rules of its own for the path
 * @param payload what stands for the body: its hash, or one of S3's words
 * @param leaveOut query parameter that is not signed (the signature itself)
 */
export function canonicalRequest(
  request: SignedRequest,
  signedHeaders: readonly string[],
  service: string,
  payload: string,
  leaveOut?: string,
): string {
  const path = service === 's3' ? canonicalS3Path(request.rawPath) : canonicalPath(request.rawPath);
  const query = canonicalQuery(request.rawQuery, leaveOut);
  const headers = canonicalHeaders(request.headers, signedHeaders);
  return `${request.method}\n${path}\n${query}\n${headers}\n${signedHeaders.join(';')}\n${payload}`;
}

/** S3: encoded once, and not normalised, since `a//b` and `a/../b` are keys. */
export function canonicalS3Path(rawPath: string): string {
  return rawPath === '' ? '/' : normalizeEncoding(rawPath, { keepSlash: true });
}

/** Everyone else: dot segments and empty segments removed (RFC 3986 section 6), then encoded a second time. */
export function canonicalPath(rawPath: string): string {
  if (rawPath === '/' || rawPath === '') return '/';
  const kept: string[] = [];
  for (const segment of rawPath.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  const end = kept.length > 0 && rawPath.endsWith('/') ? '/' : '';
  return percentEncode(`/${kept.join('/')}${end}`, true);
}

/** Parameters by encoded name, then encoded value, in byte order; repeated ones are all kept. */
export function canonicalQuery(rawQuery: string, leaveOut?: string): string {
  if (rawQuery === '') return '';
  const parameters: { readonly name: string; readonly value: string }[] = [];
  for (const piece of rawQuery.split('&')) {
    if (piece === '') continue;
    const cut = piece.indexOf('=');
    const name = normalizeEncoding(cut < 0 ? piece : piece.slice(0, cut), { plusIsSpace: true });
    if (name === leaveOut) continue;
    const value = cut < 0 ? '' : normalizeEncoding(piece.slice(cut + 1), { plusIsSpace: true });
    parameters.push({ name, value });
  }
  // Encoded text is ASCII: comparing code units is comparing bytes.
  parameters.sort((a, b) => compare(a.name, b.name) || compare(a.value, b.value));
  return parameters.map(({ name, value }) => `${name}=${value}`).join('&');
}

/** `name:value` lines; surrounding blanks trimmed, runs of them folded, repeated headers joined by a comma. */
export function canonicalHeaders(headers: HeaderFields, names: readonly string[]): string {
  let lines = '';
  for (const name of names) lines += `${name}:${headerValues(headers, name).map(foldBlanks).join(',')}\n`;
  return lines;
}

function foldBlanks(value: string): string {
  const folded = value.includes('  ') || value.includes('\t') ? value.replaceAll(/[ \t]+/g, ' ') : value;
  return folded.trim();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
