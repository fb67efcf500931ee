/** Signs a token: what the development issuer does, and no one else. */
import { Buffer } from 'node:buffer';
import type { KeyObject } from 'node:crypto';
import { sign } from 'node:crypto';
import { algorithmOf } from './algorithms.ts';

/** What stands in the header beside `typ`, `alg` and `kid` (GitHub: `x5t`). */
export interface TokenHeader {
  readonly alg: string;
  readonly kid?: string;
  readonly [member: string]: unknown;
}

/**
 * A signed token in compact form (RFC 7515 section 7.1), members in the order given.
 *
 * @param header `alg` must be one that STS accepts and fit the key
 * @throws TypeError when it is not: an issuer's own mistake, never a client's
 */
export function signToken(
  header: TokenHeader,
  claims: Readonly<Record<string, unknown>>,
  privateKey: KeyObject,
): string {
  const algorithm = algorithmOf(header.alg);
  if (algorithm === undefined) throw new TypeError(`tokens are not signed with ${header.alg}`);
  if (privateKey.asymmetricKeyType !== (algorithm.family === 'RSA' ? 'rsa' : 'ec')) {
    throw new TypeError(`the key does not fit ${header.alg}`);
  }
  const input = `${encode(header)}.${encode(claims)}`;
  const signature = sign(algorithm.hash, Buffer.from(input, 'latin1'), {
    key: privateKey,
    dsaEncoding: 'ieee-p1363',
  });
  if (algorithm.signatureLength !== undefined && signature.length !== algorithm.signatureLength) {
    throw new TypeError(`the key's curve does not fit ${header.alg}`);
  }
  return `${input}.${signature.toString('base64url')}`;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
}
