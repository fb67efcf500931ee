/** Takes a token apart: strict base64url, strict UTF-8, bounded JSON. Says nothing yet about who signed it. */
import { Buffer } from 'node:buffer';
import { isAlgorithm } from './algorithms.ts';
import { notAJwt } from './failures.ts';
import type { Token, TokenFailure } from './token.ts';

/** Longest token that STS takes, characters (service model, WebIdentityToken). */
export const MAX_TOKEN_LENGTH = 20_000;
/** Deepest nesting of objects and arrays in header or claims; AWS's own claims need three. */
const MAX_DEPTH = 16;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads a JSON Web Token in compact form (RFC 7515 section 7.1).
 *
 * Of a repeated member the last wins, as observed on AWS (aws-federation 2). A header that needs
 * extensions (`crit`) or names an algorithm that STS does not accept is refused here, before any
 * claim is looked at; `jku`, `jwk`, `x5u` and `x5c` are never read.
 *
 * @param text the token as it came, nothing trimmed
 */
export function readToken(text: string): Token | TokenFailure {
  if (text.length > MAX_TOKEN_LENGTH) return notAJwt(`the token is longer than ${MAX_TOKEN_LENGTH} characters`);
  const firstDot = text.indexOf('.');
  const secondDot = text.indexOf('.', firstDot + 1);
  if (firstDot < 0 || secondDot < 0 || text.includes('.', secondDot + 1)) {
    return notAJwt('a token has three parts, parted by two full stops');
  }
  const header = jsonObject(text.slice(0, firstDot));
  if (header === undefined) return notAJwt('the header is not a JSON object in base64url');
  if (Object.hasOwn(header, 'crit')) return notAJwt('the header has crit: it asks for extensions that STS lacks');
  if (!isAlgorithm(header['alg'])) return notAJwt('the algorithm in the header is none that STS accepts');
  const claims = jsonObject(text.slice(firstDot + 1, secondDot));
  if (claims === undefined) return notAJwt('the payload is not a JSON object in base64url');
  const signature = base64url(text.slice(secondDot + 1));
  if (signature === undefined) return notAJwt('the signature is not base64url');
  return { header, claims, signingInput: text.slice(0, secondDot), signature };
}

/** The bytes of strict base64url; undefined for padding, foreign characters or bits beyond the last byte (RFC 4648 3.5). */
function base64url(segment: string): Buffer | undefined {
  const bytes = Buffer.from(segment, 'base64url');
  // Node decodes leniently; only the one canonical text of these bytes encodes back to itself.
  return bytes.toString('base64url') === segment ? bytes : undefined;
}

function jsonObject(segment: string): Record<string, unknown> | undefined {
  const bytes = base64url(segment);
  if (bytes === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(utf8.decode(bytes));
    return isObject(value) && !deeperThan(value, MAX_DEPTH) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function deeperThan(value: object, depth: number): boolean {
  if (depth === 0) return true;
  for (const inner of Array.isArray(value) ? value : Object.values(value)) {
    if (typeof inner === 'object' && inner !== null && deeperThan(inner, depth - 1)) return true;
  }
  return false;
}
