/** The claims that `sojourn explain` asks with: JSON, or the payload of a token, whose signature is not looked at. */
import { option, type Invocation } from '../command.ts';
import { textOf } from './text-of.ts';
import { Unreadable } from './unreadable.ts';

/** Claims by name. */
export type Claims = Readonly<Record<string, unknown>>;

/** Reads them as `--token` or `--claims` says. Throws {@link Unreadable}, never with a part of the token. */
export function readClaims(call: Invocation): Claims {
  const token = option(call, 'token');
  const claims = option(call, 'claims');
  if ((token === undefined) === (claims === undefined)) {
    throw new Unreadable('give the token: either --token FILE or --claims FILE.');
  }
  if (claims !== undefined) {
    const text = claims.trimStart().startsWith('{') ? claims : textOf(claims, '--claims');
    return jsonObject(text, '--claims');
  }
  const [, payload, ...rest] = textOf(token ?? '', '--token')
    .trim()
    .split('.');
  if (payload === undefined || rest.length !== 1) {
    throw new Unreadable('--token is not a token: it has not three parts.');
  }
  return jsonObject(Buffer.from(payload, 'base64url').toString('utf8'), 'the payload of --token');
}

/** The issuer, without `https://`. Throws {@link Unreadable} when the claims name none. */
export function issuerOf({ iss }: Claims): string {
  if (typeof iss !== 'string') throw new Unreadable('the claims name no issuer (iss).');
  return iss.startsWith('https://') ? iss.slice('https://'.length) : iss;
}

function jsonObject(text: string, what: string): Claims {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // Said below, without echoing what may be a token.
  }
  throw new Unreadable(`${what} is not a JSON object.`);
}

function isRecord(value: unknown): value is Claims {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
