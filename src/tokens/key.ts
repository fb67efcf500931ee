/** One JSON Web Key into a key object: RSA of sane size and exponent, or EC on one of three curves. */
import { Buffer } from 'node:buffer';
import type { KeyObject } from 'node:crypto';
import { X509Certificate, createPublicKey } from 'node:crypto';
import type { VerificationKey } from './token.ts';

/** Smallest modulus, bits (RFC 7518 section 3.3). */
const MIN_MODULUS_BITS = 2_048;
/** Largest modulus, bits: a bigger one costs more to verify with than any issuer needs. */
const MAX_MODULUS_BITS = 8_192;
/** Largest public exponent: odd, at least 3, and below 2^31 like every issuer's (65537). */
const MAX_EXPONENT = 2 ** 31 - 1;
/** Longest certificate chain text that is looked at, characters. */
const MAX_CERTIFICATE_LENGTH = 16_384;

/** Coordinate length of each curve, bytes (RFC 7518 section 6.2.1.2: exactly this many). */
const CURVES: ReadonlyMap<unknown, number> = new Map([
  ['P-256', 32],
  ['P-384', 48],
  ['P-521', 66],
]);

/**
 * Imports the public part of a key; private members are never touched.
 *
 * @returns the key, or why it cannot be used, in words for the operator
 */
export function importKey(jwk: Readonly<Record<string, unknown>>): Omit<VerificationKey, 'kid'> | string {
  if (jwk['use'] === 'enc') return 'its use is encryption';
  try {
    switch (jwk['kty']) {
      case 'RSA':
        return rsaKey(jwk);
      case 'EC':
        return ecKey(jwk);
      default:
        return 'its kty is neither RSA nor EC';
    }
  } catch {
    // OpenSSL refuses it: a point that is not on the curve, a certificate that is none.
    return 'its numbers make no key';
  }
}

function rsaKey(jwk: Readonly<Record<string, unknown>>): Omit<VerificationKey, 'kid'> | string {
  const modulus = bytesOf(jwk['n']);
  const exponent = bytesOf(jwk['e']);
  // A certificate alone (x5c without n and e) is not enough for STS (aws-federation 2).
  if (modulus === undefined || exponent === undefined) return 'n or e is missing or not base64url';
  const fault = modulusFault(modulus) ?? exponentFault(exponent);
  if (fault !== undefined) return fault;
  const n = modulus.toString('base64url');
  const e = exponent.toString('base64url');
  const key = createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' });
  return certificateFault(jwk['x5c'], key) ?? { family: 'RSA', curve: undefined, key };
}

function ecKey(jwk: Readonly<Record<string, unknown>>): Omit<VerificationKey, 'kid'> | string {
  const { crv } = jwk;
  const length = CURVES.get(crv);
  if (typeof crv !== 'string' || length === undefined) return 'its curve is none of P-256, P-384, P-521';
  const x = bytesOf(jwk['x']);
  const y = bytesOf(jwk['y']);
  if (x?.length !== length || y?.length !== length) return 'x or y is missing or has the wrong length';
  const point = { x: x.toString('base64url'), y: y.toString('base64url') };
  const key = createPublicKey({ key: { kty: 'EC', crv, ...point }, format: 'jwk' });
  return certificateFault(jwk['x5c'], key) ?? { family: 'EC', curve: crv, key };
}

function modulusFault(modulus: Buffer): string | undefined {
  const first = modulus.findIndex((byte) => byte !== 0);
  if (first < 0) return 'its modulus is zero';
  const bits = (modulus.length - first) * 8 - Math.clz32(modulus[first] ?? 0) + 24;
  if (bits < MIN_MODULUS_BITS) return `its modulus has ${bits} bits, at least ${MIN_MODULUS_BITS} are needed`;
  if (bits > MAX_MODULUS_BITS) return `its modulus has ${bits} bits, at most ${MAX_MODULUS_BITS} are allowed`;
  return isEven(modulus) ? 'its modulus is even' : undefined;
}

function exponentFault(exponent: Buffer): string | undefined {
  const value = exponent.length > 6 ? Infinity : exponent.readUIntBE(0, exponent.length);
  if (value < 3 || value > MAX_EXPONENT || isEven(exponent)) return 'its exponent is not an odd number from 3 to 2^31';
  return undefined;
}

function isEven(number: Buffer): boolean {
  return ((number.at(-1) ?? 0) & 1) === 0;
}

/** The first certificate of `x5c`, when there is one, must hold the same public key (RFC 7517 section 4.7). */
function certificateFault(x5c: unknown, key: KeyObject): string | undefined {
  if (x5c === undefined) return undefined;
  const first: unknown = Array.isArray(x5c) ? x5c[0] : undefined;
  if (typeof first !== 'string' || first.length > MAX_CERTIFICATE_LENGTH) return 'its x5c is no list of certificates';
  const certificate = new X509Certificate(Buffer.from(first, 'base64'));
  return certificate.publicKey.equals(key) ? undefined : 'its x5c certificate holds another key';
}

/** Bytes of a base64url number, at least one; undefined for anything else. */
function bytesOf(value: unknown): Buffer | undefined {
  if (typeof value !== 'string' || value === '' || value.length > 2_048 || !/^[A-Za-z0-9_-]+$/.test(value)) {
    return undefined;
  }
  return Buffer.from(value, 'base64url');
}
