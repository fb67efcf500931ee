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
  // Node's decoders look at the low byte of a character: beyond ASCII another one would pass for it.
  if (Buffer.byteLength(text) !== text.length) return notAJwt('the token has characters beyond ASCII');
  const firstDot = text.indexOf('.');
  const secondDot = text.indexOf('.', firstDot + 1);
  if (firstDot < 0 || secondDot < 0 || text.includes('.', secondDot + 1)) {
    return notAJwt('a token has three parts, parted by two full stops');
  }
  const header = headerOf(text.slice(0, firstDot));
  if ('kind' in header) return header;
  const claims = jsonObject(text.slice(firstDot + 1, secondDot));
  if (claims === undefined) return notAJwt('the payload is not a JSON object in base64url');
  const signature = signatureOf(text.slice(secondDot + 1));
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

/** Where JSON texts are decoded to: parsing copies what it keeps, and nothing is awaited in between. */
const workspace = Buffer.alloc(MAX_TOKEN_LENGTH);

/** The last letters that leave no bits beyond the last byte, by the letters over a multiple of four (RFC 4648 3.5). */
const LAST_LETTERS: Readonly<Record<number, string>> = { 2: 'AQgw', 3: 'AEIMQUYcgkosw048' };

/**
 * Whether the segment is the one canonical base64url text of the bytes that came of it. Node decodes
 * leniently: it skips what is no letter, which shows in the count, and takes the letters of base64.
 *
 * @param written bytes that Node made of it
 */
function isCanonical(segment: string, written: number): boolean {
  const { length } = segment;
  const over = length % 4;
  if (over === 1 || written !== Math.floor((length * 3) / 4)) return false;
  if (segment.includes('+') || segment.includes('/')) return false;
  return over === 0 || LAST_LETTERS[over]?.includes(segment.charAt(length - 1)) === true;
}

function signatureOf(segment: string): Buffer | undefined {
  const bytes = Buffer.from(segment, 'base64url');
  return isCanonical(segment, bytes.length) ? bytes : undefined;
}

function jsonObject(segment: string): JsonObject | undefined {
  const written = workspace.write(segment, 'base64url');
  if (!isCanonical(segment, written)) return undefined;
  const bytes = workspace.subarray(0, written);
  if (!isUtf8(bytes)) return undefined;
  const text = bytes.toString('utf8');
  try {
    const value: unknown = JSON.parse(text);
    if (!isContainer(value) || Array.isArray(value)) return undefined;
    return hasMany(text, '{', '[') && deeperThan(value, MAX_DEPTH) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** Whether these letters come more often than the depth allows: otherwise nothing can be nested deeper. */
function hasMany(text: string, ...letters: readonly string[]): boolean {
  let count = 0;
  for (const letter of letters) {
    for (let at = text.indexOf(letter); at >= 0; at = text.indexOf(letter, at + 1))
      if (++count > MAX_DEPTH) return true;
  }
  return false;
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
