/** One key of the development issuer: made, named as its provider names keys, written down and read back. */
import { createHash, createPrivateKey, generateKeyPair } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { IdentityProvider } from '../../idp/profile.ts';

/** A key as the key file has it. Without `privateKey` it is retired: still published, never signing again. */
export interface StoredKey {
  readonly kid: string;
  readonly n: string;
  readonly e: string;
  /** PKCS #8 in PEM. */
  readonly privateKey?: string;
}

/** A public key as the key set has it, members in GitHub's order (reference oidc-issuers 1.3). */
export interface PublishedKey {
  readonly kty: 'RSA';
  readonly alg: 'RS256';
  readonly use: 'sig';
  readonly kid: string;
  readonly n: string;
  readonly e: string;
}

const generate = promisify(generateKeyPair);

/** Makes an RSA-2048 key, off the event loop, whose `kid` is a digest of it in the form given. */
export async function makeKey(form: IdentityProvider['kidForm']): Promise<StoredKey> {
  const { publicKey, privateKey } = await generate('rsa', { modulusLength: 2048 });
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  return { kid: kidOf(n, e, form), n, e, privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString() };
}

/** The same key without its private half. */
export function retired({ kid, n, e }: StoredKey): StoredKey {
  return { kid, n, e };
}

/** The key as the key set publishes it. */
export function published({ kid, n, e }: StoredKey): PublishedKey {
  return { kty: 'RSA', alg: 'RS256', use: 'sig', kid, n, e };
}

/** The private half; undefined for a retired key. */
export function privateKeyOf(key: StoredKey): KeyObject | undefined {
  return key.privateKey === undefined ? undefined : createPrivateKey(key.privateKey);
}

/** `value` as a key of the file, or undefined when it is none. */
export function readStoredKey(value: unknown): StoredKey | undefined {
  if (typeof value !== 'object' || value === null || !('kid' in value) || !('n' in value) || !('e' in value)) {
    return undefined;
  }
  const { kid, n, e } = value;
  if (typeof kid !== 'string' || typeof n !== 'string' || typeof e !== 'string') return undefined;
  if (!('privateKey' in value)) return { kid, n, e };
  return typeof value.privateKey === 'string' ? { kid, n, e, privateKey: value.privateKey } : undefined;
}

/** All forms from one digest, RFC 7638's, so that a key always has the same name. */
function kidOf(n: string, e: string, form: IdentityProvider['kidForm']): string {
  const digest = createHash('sha256')
    .update(JSON.stringify({ e, kty: 'RSA', n }))
    .digest();
  switch (form) {
    case 'base64url43':
      return digest.toString('base64url');
    case 'hex40':
      return digest.toString('hex').slice(0, 40);
    case 'uuid': {
      // Version 8 (RFC 9562): a digest of our own making.
      digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x80;
      digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
      return digest.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
    }
    default:
      return form satisfies never;
  }
}
