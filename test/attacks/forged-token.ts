/** Tokens of any form, signed by whoever: what no honest library would write. */
import { sign, type KeyObject } from 'node:crypto';

/** Signing input → signature. */
export type Signer = (input: Buffer) => Uint8Array;

/** `header.payload.signature`; texts are taken as the JSON that they are, or are not. */
export function forgedToken(
  header: Readonly<Record<string, unknown>> | string,
  claims: Readonly<Record<string, unknown>> | string,
  signer: Signer,
): string {
  const input = `${part(header)}.${part(claims)}`;
  return `${input}.${Buffer.from(signer(Buffer.from(input))).toString('base64url')}`;
}

/** RS256 by an RSA key, ES256 by an EC key, or with another hash. */
export function signedBy(key: KeyObject, hash = 'sha256'): Signer {
  return (input) => sign(hash, input, { key, dsaEncoding: 'ieee-p1363' });
}

/** No signature at all. */
export const unsigned: Signer = () => new Uint8Array();

function part(value: Readonly<Record<string, unknown>> | string): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
}
