/** Takes a token apart: strict base64url, strict UTF-8, bounded JSON. Says nothing yet about who signed it. */
import { Buffer, isUtf8 } from 'node:buffer';
import { isAlgorithm } from './algorithms.ts';
import { notAJwt } from './failures.ts';
import type { Token, TokenFailure } from './token.ts';

/** Longest token that STS takes, characters (service model, WebIdentityToken). */
export const MAX_TOKEN_LENGTH = 20_000;
/** Deepest nesting of objects and arrays in header or claims; AWS's own claims need three. */
const MAX_DEPTH = 16;

type JsonObject = Readonly<Record<string, unknown>>;

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
  const header = headerOf(text.slice(0, firstDot));
  if ('kind' in header) return header;
  const claims = jsonObject(text.slice(firstDot + 1, secondDot));
  if (claims === undefined) return notAJwt('the payload is not a JSON object in base64url');
  const signature = base64url(text.slice(secondDot + 1));
  if (signature === undefined) return notAJwt('the signature is not base64url');
  return { header: header.members, claims, signingInput: text.slice(0, secondDot), signature };
}

/** A header that may be used, with its text. */
interface Header {
  readonly text: string;
  readonly members: JsonObject;
}

/**
 * The last header that was read. An issuer's tokens share theirs to the letter, so that most tokens
 * need no second parse; nothing but time depends on it.
 */
let lastHeader: Header | undefined;

function headerOf(text: string): Header | TokenFailure {
  if (lastHeader?.text === text) return lastHeader;
  const members = jsonObject(text);
  if (members === undefined) return notAJwt('the header is not a JSON object in base64url');
  if (Object.hasOwn(members, 'crit')) return notAJwt('the header has crit: it asks for extensions that STS lacks');
  if (!isAlgorithm(members['alg'])) return notAJwt('the algorithm in the header is none that STS accepts');
  lastHeader = { text, members: Object.freeze(members) };
  return lastHeader;
}

/** The bytes of strict base64url; undefined for padding, foreign characters or bits beyond the last byte (RFC 4648 3.5). */
function base64url(segment: string): Buffer | undefined {
  return canonical(Buffer.from(segment, 'base64url'), segment);
}

/** Node decodes leniently; only the one canonical text of these bytes encodes back to itself. */
function canonical(bytes: Buffer, segment: string): Buffer | undefined {
  return bytes.toString('base64url') === segment ? bytes : undefined;
}

/** Reused for every JSON text: parsing copies what it keeps, and nothing is awaited in between. */
const workspace = Buffer.alloc(MAX_TOKEN_LENGTH);

function jsonObject(segment: string): JsonObject | undefined {
  const bytes = canonical(workspace.subarray(0, workspace.write(segment, 'base64url')), segment);
  if (bytes === undefined || !isUtf8(bytes)) return undefined;
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return isContainer(value) && !Array.isArray(value) && !deeperThan(value, MAX_DEPTH) ? value : undefined;
  } catch {
    return undefined;
  }
}

function deeperThan(value: JsonObject, depth: number): boolean {
  if (depth === 0) return true;
  // Both are parsed JSON: for-in meets their own members only, and costs a tenth of Object.values here.
  for (const name in value) {
    const inner = value[name];
    if (isContainer(inner) && deeperThan(inner, depth - 1)) return true;
  }
  return false;
}

function isContainer(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null;
}
