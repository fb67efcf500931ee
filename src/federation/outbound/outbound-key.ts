/** One signing key of an outbound issuer: RSA for RS256, P-384 for ES384, the two that GetWebIdentityToken offers. */
import { Buffer } from 'node:buffer';
import { createHash, createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { open, seal } from '../../credentials/sealing.ts';
import type { Sojourn } from '../sojourn.ts';

/** What GetWebIdentityToken signs with. */
export const OUTBOUND_ALGORITHMS = ['RS256', 'ES384'] as const;
/** One of them. */
export type OutboundAlgorithm = (typeof OUTBOUND_ALGORITHMS)[number];

/** A signing key, made once and kept sealed. */
export interface OutboundKey {
  readonly kid: string;
  readonly alg: OutboundAlgorithm;
  /** The public half: `kty` and its parameters (RFC 7517), nothing private. */
  readonly jwk: Readonly<Record<string, string>>;
  /** PKCS #8 in DER under the key ring, base64. */
  readonly sealedPrivateKey: string;
}

type RingAndChance = Pick<Sojourn, 'keyRing' | 'random'>;

const generate = promisify(generateKeyPair);

/** A fresh key, made off the event loop. */
export async function makeOutboundKey(
  alg: OutboundAlgorithm,
  { keyRing, random }: RingAndChance,
): Promise<OutboundKey> {
  const { publicKey, privateKey } =
    alg === 'RS256' ? await generate('rsa', { modulusLength: 2048 }) : await generate('ec', { namedCurve: 'P-384' });
  const jwk = publicMembers(publicKey.export({ format: 'jwk' }));
  const der = privateKey.export({ format: 'der', type: 'pkcs8' });
  return {
    kid: createHash('sha256').update(JSON.stringify(jwk)).digest('base64url'),
    alg,
    jwk,
    sealedPrivateKey: seal('token-signing-key', der, keyRing, random).toString('base64'),
  };
}

/** The private half; undefined when its key is not in the ring any more. */
export function privateKeyOf(key: OutboundKey, { keyRing }: Pick<Sojourn, 'keyRing'>): KeyObject | undefined {
  const opened = open('token-signing-key', Buffer.from(key.sealedPrivateKey, 'base64'), keyRing);
  if (opened.kind !== 'opened') return undefined;
  return createPrivateKey({ key: opened.bytes, format: 'der', type: 'pkcs8' });
}

/** The key as the issuer's key set publishes it. */
export function publishedKey({ kid, alg, jwk }: OutboundKey): Readonly<Record<string, string>> {
  return { ...jwk, alg, use: 'sig', kid };
}

/** `value` as a key of the state, or undefined when it is none. */
export function readOutboundKey(value: unknown): OutboundKey | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('kid' in value) || !('alg' in value) || !('jwk' in value) || !('sealedPrivateKey' in value)) return undefined;
  const { kid, jwk, sealedPrivateKey } = value;
  const alg = OUTBOUND_ALGORITHMS.find((name) => name === value.alg);
  if (typeof kid !== 'string' || typeof sealedPrivateKey !== 'string' || alg === undefined) return undefined;
  if (typeof jwk !== 'object' || jwk === null) return undefined;
  return { kid, alg, jwk: publicMembers(jwk), sealedPrivateKey };
}

/** Members in RFC 7638's order, and no others. */
function publicMembers(jwk: object): Readonly<Record<string, string>> {
  const members = new Map<string, unknown>(Object.entries(jwk));
  return Object.fromEntries(
    ['crv', 'e', 'kty', 'n', 'x', 'y'].flatMap((name) => {
      const value = members.get(name);
      return typeof value === 'string' ? [[name, value] as const] : [];
    }),
  );
}
